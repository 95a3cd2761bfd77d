internal import Foundation
internal import Glibc

/// A process that ran to its end.
struct ChildProcess {
  /// How long it took from before its start, in seconds.
  let seconds: Double
  /// The processor time it took on all cores, in seconds.
  let processorSeconds: Double
  /// The most memory it held at a time, in bytes.
  ///
  /// Never below the most that this process held before, since it begins as a copy of it.
  let peakBytes: Int
  /// The status it ended with.
  let status: Int32
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var usage = rusage()
    var raw: Int32 = 0
    var started: Int32 = 0
    let seconds = Measure.time {
      var process: pid_t = 0
      started = posix_spawnp(&process, command[0], &actions, nil, &arguments, environ)
      if started == 0 { wait4(process, &raw, 0, &usage) }
    }
    guard started == 0 else { throw Failure("\(command[0]) cannot be run") }
    let status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : -(raw & 0x7f)
    guard statuses.contains(status) else {
      throw Failure("\(command.joined(separator: " ").prefix(300)) ended with \(status)")
    }
    return ChildProcess(
      seconds: seconds,
      processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
      peakBytes: usage.ru_maxrss * 1024,
      status: status,
      output: keepsOutput ? Array(try Data(contentsOf: URL(fileURLWithPath: file))) : []
    )
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }

  /// Whether a program is on the path.
  static func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }
}
