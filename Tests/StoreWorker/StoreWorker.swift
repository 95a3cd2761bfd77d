internal import EventStore
internal import Foundation
internal import TestSupport

/// A process of its own for tests of the event store: `StoreWorker COMMAND FOLDER ARGUMENT…`.
@main
struct StoreWorker {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { exit(64) }
    let folder = arguments[2]
    let numbers = arguments.dropFirst(3).map { Int($0) ?? 0 }
    switch arguments[1] {
    case "append": try append(folder, numbers)
    case "bulk": try bulk(folder)
    case "rebuild": try rebuild(folder)
    case "hold": try hold(folder)
    case "digest": print(try StoreDigest.of(folder))
    case "flip": try FlippedStore(template: folder, arguments[3]).flip(Array(numbers.dropFirst()))
    default: exit(64)
    }
  }

  /// Tells the reader of our output something, at once.
  static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Appends `count` commits of `batch` events, numbered by the log's length; tells each.
  private static func append(_ folder: String, _ numbers: [Int]) throws {
    let log = try EventLog(at: folder, options: WorkerOptions.make())
    for _ in 0..<numbers[0] {
      let next = Int(try log.size().count)
      try log.append(batch(next..<next + numbers[1]))
      say("\(next + numbers[1])")
    }
  }

  private static func batch(_ numbers: Range<Int>) -> AppendBatch {
    AppendBatch(numbers.map { NumberedEvent.draft($0) }, values: numbers.map(NumberedEvent.value))
  }

  /// Commits without pause, but for the millisecond a bulk writer leaves to others, until killed.
  private static func bulk(_ folder: String) throws {
    let log = try EventLog(at: folder, options: WorkerOptions.make())
    while true {
      let next = Int(try log.size().count)
      try log.append(batch(next..<next + 50))
      say("\(next + 50)")
      usleep(1000)
    }
  }

  /// Rebuilds the views again and again, until killed.
  private static func rebuild(_ folder: String) throws {
    let log = try EventLog(at: folder, options: WorkerOptions.make())
    while true {
      try log.rebuild()
      say("rebuilt")
    }
  }

  /// Holds the store open until standard input ends.
  private static func hold(_ folder: String) throws {
    let log = try EventLog(at: folder, .readOnly, options: WorkerOptions.make())
    say("\(try log.size().count)")
    _ = FileHandle.standardInput.readDataToEndOfFile()
  }
}

/// The options of every process of these tests: one projection, short segments, few ids that gather.
enum WorkerOptions {
  static func make() -> EventLogOptions {
    var options = EventLogOptions(
      mapSize: 1 << 30,
      clock: { 1_780_000_000_000 },
      entropy: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
      projections: [CountingProjection()]
    )
    options.segmentSpan = 64
    options.recentIdentityLimit = 100
    return options
  }
}
