internal import Foundation
internal import Values

/// The program serving a store, in a process of its own.
public final class ServedStore: @unchecked Sendable {
  private let process = Process()
  private let messagesPath: String
  /// The port that it listens on.
  public let port: Int

  /// It did not come to listen.
  public struct NotListening: Error, CustomStringConvertible {
    /// What it said instead.
    public let description: String
  }

  /// Serves a store, on a port that is free.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - arguments: What stands behind `serve` beside the port.
  /// - Throws: `NotListening`; Foundation's error where it cannot be started.
  public convenience init(_ store: ProgramStore, _ arguments: String...) throws {
    try self.init(store, arguments)
  }

  /// Serves a store, on a port that is free, as the other does.
  public init(_ store: ProgramStore, _ arguments: [String]) throws {
    let output = Pipe()
    messagesPath = store.folder + "/serve.messages"
    _ = FileManager.default.createFile(atPath: messagesPath, contents: nil)
    process.executableURL = URL(fileURLWithPath: ProgramRun.path)
    process.arguments =
      ["--store", store.path, "--json", "serve", "--listen", "127.0.0.1:0"] + arguments
    process.environment = ["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
    process.currentDirectoryURL = URL(fileURLWithPath: store.folder)
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: messagesPath)
    try process.run()
    let line = Array(output.fileHandleForReading.availableData)
    guard case .object(let members)? = try? JSON.parse(line),
      case .text(let address)? = members["listening"],
      let port = address.description.split(separator: ":").last.flatMap({ Int($0) })
    else {
      process.terminate()
      process.waitUntilExit()
      let said = (try? String(contentsOfFile: messagesPath, encoding: .utf8)) ?? ""
      throw NotListening(description: said)
    }
    self.port = port
  }

  /// What it wrote to standard error so far.
  public var messages: String {
    (try? String(contentsOfFile: messagesPath, encoding: .utf8)) ?? ""
  }

  /// Its process.
  public var processIdentifier: Int32 { process.processIdentifier }

  /// The bytes of its memory that no file backs.
  ///
  /// - Throws: Where it has ended.
  public func anonymousMemory() throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
  }

  /// Tells it to end, and returns its exit status when it has.
  @discardableResult
  public func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends it at once, as a loss of power would.
  public func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

/// Serves a store for the length of `body`, with arguments behind `serve`.
///
/// - Throws: What `body` throws; `ServedStore.NotListening`.
public func withServedStore(
  _ store: ProgramStore,
  _ arguments: String...,
  body: (ServedStore) throws -> Void
) throws {
  let served = try ServedStore(store, arguments)
  defer { served.stop() }
  try body(served)
}
