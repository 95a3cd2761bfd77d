internal import Foundation

/// Another process that has a store open, as `/proc` tells; there is none where a system has no such folder.
struct StoreProcess: CustomStringConvertible {
  let identifier: Int32
  /// The name of its program, at most 15 characters; what followed it may name people.
  let program: String
  /// Whether it was stopped, and does nothing until it is told to go on.
  let isStopped: Bool

  /// A line for a person, with what to do where the process is stopped.
  var description: String {
    let named = "process \(identifier) (\(program.visible))"
    return isStopped
      ? "\(named), which is stopped: `kill -CONT \(identifier)` lets it go on" : named
  }

  /// The processes that have a store open, those that are stopped first; only those that this user may look at.
  static func others(of store: String) -> [StoreProcess] {
    let file = URL(fileURLWithPath: store + "/lock.mdb").resolvingSymlinksInPath().path
    let found = names(in: "/proc").compactMap { Int32($0) }.filter { identifier in
      identifier != getpid() && hasOpen(file, identifier)
    }
    let processes = found.sorted().compactMap { StoreProcess($0) }
    return processes.filter(\.isStopped) + processes.filter { !$0.isStopped }
  }

  private init?(_ identifier: Int32) {
    let folder = "/proc/\(identifier)"
    // The name of the program, in parentheses, may have any character.
    guard let status = FileManager.default.contents(atPath: folder + "/stat"),
      let start = status.firstIndex(of: UInt8(ascii: "(")),
      let end = status.lastIndex(of: UInt8(ascii: ")")), start < end,
      let state = status[end...].dropFirst(2).first
    else { return nil }
    self.identifier = identifier
    program = String(decoding: status[(start + 1)..<end], as: UTF8.self)
    isStopped = state == UInt8(ascii: "T") || state == UInt8(ascii: "t")
  }

  private static func hasOpen(_ file: String, _ identifier: Int32) -> Bool {
    let folder = "/proc/\(identifier)/fd/"
    return names(in: folder).contains { name in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + name)) == file
    }
  }

  /// A process that ended meanwhile has no files.
  private static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
