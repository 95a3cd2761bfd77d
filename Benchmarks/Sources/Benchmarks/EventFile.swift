internal import Foundation
internal import TestSupport

/// A file of varied System Log entries, one a line.
struct EventFile {
  let path: String
  let count: Int
  /// Who made it.
  let origin: String

  /// Makes the file, unless it is there from an earlier run.
  ///
  /// - Throws: `Failure` where the generator fails; Foundation's errors.
  init(_ settings: Settings) throws {
    count = settings.events
    origin = settings.generator.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "own"
    path = "\(settings.inputs)/events-\(origin)-\(count).ndjson"
    try FileManager.default.createDirectory(
      atPath: settings.inputs,
      withIntermediateDirectories: true
    )
    guard !FileManager.default.fileExists(atPath: path) else { return }
    if let generator = settings.generator {
      let part = path + ".part"
      try ChildProcess.run(["python3", generator, "\(count)", "7"], to: part)
      try FileManager.default.moveItem(atPath: part, toPath: path)
    } else {
      try write()
    }
  }

  private func write() throws {
    let part = path + ".part"
    guard FileManager.default.createFile(atPath: part, contents: nil),
      let handle = FileHandle(forWritingAtPath: part)
    else {
      throw Failure("\(part) cannot be written")
    }
    var generator = EventGenerator(seed: 7)
    for _ in 0..<(count / 1_000) { try handle.write(contentsOf: Data(generator.lines(1_000))) }
    try handle.close()
    try FileManager.default.moveItem(atPath: part, toPath: path)
  }

  /// The lines, without their ends.
  func lines() throws -> [[UInt8]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }
}
