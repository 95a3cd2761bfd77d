internal import Foundation
internal import Glibc

/// A process that ran to its end.
struct ChildProcess {
  /// How long it took from before its start, in seconds.
  let seconds: Double
  /// The processor time it took on all cores, in seconds.
  let processorSeconds: Double
  /// What it wrote to standard output, where that was asked for.
  let output: [UInt8]

  /// Runs a program and waits for its end; its messages go nowhere.
  ///
  /// - Parameters:
  ///   - command: The program, looked up like a shell does, and its arguments.
  ///   - keepsOutput: Whether what it writes is wanted.
  ///   - destination: The file for it otherwise.
  ///   - statuses: The statuses that mean success.
  /// - Returns: What it took and wrote.
  /// - Throws: `Failure` where it cannot be run or ends otherwise.
  @discardableResult
  static func run(
    _ command: [String],
    keepsOutput: Bool = false,
    to destination: String = "/dev/null",
    statuses: Set<Int32> = [0]
  ) throws -> ChildProcess {
    let file = keepsOutput ? NSTemporaryDirectory() + "bench-\(UUID().uuidString)" : destination
    defer { if keepsOutput { unlink(file) } }
    var usage = rusage()
    var status: Int32 = 0
    let seconds = try Measure.time {
      let process = try spawn(command, to: file)
      wait4(process, &status, 0, &usage)
    }
    try check(status, statuses, command)
    return ChildProcess(
      seconds: seconds,
      processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
      output: keepsOutput ? Array(try Data(contentsOf: URL(fileURLWithPath: file))) : []
    )
  }

  /// The most memory a program holds, looked at every millisecond.
  ///
  /// - Returns: The bytes of its own, and those together with the pages of files that it maps.
  /// - Throws: `Failure` where it cannot be run or ends otherwise.
  static func peakMemory(
    _ command: [String],
    statuses: Set<Int32> = [0]
  ) throws -> (own: Int, all: Int) {
    let process = try spawn(command, to: "/dev/null")
    var peak = (own: 0, all: 0)
    var status: Int32 = 0
    while wait4(process, &status, WNOHANG, nil) == 0 {
      let file = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      for line in (file ?? "").split(separator: "\n") {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count > 1, let kilobytes = Int(words[1]) else { continue }
        if words[0] == "RssAnon:" { peak.own = max(peak.own, kilobytes * 1024) }
        if words[0] == "VmHWM:" { peak.all = max(peak.all, kilobytes * 1024) }
      }
      usleep(1000)
    }
    try check(status, statuses, command)
    return peak
  }

  /// Whether a program is on the path.
  static func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }
}

extension ChildProcess {
  static func spawn(_ command: [String], to file: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
      throw Failure("\(command[0]) cannot be run")
    }
    return process
  }

  private static func check(
    _ raw: Int32,
    _ statuses: Set<Int32>,
    _ command: [String]
  ) throws {
    let status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : -(raw & 0x7f)
    guard statuses.contains(status) else {
      throw Failure("\(command.joined(separator: " ").prefix(300)) ended with \(status)")
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
