import Crypto
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// What a suite keeps of a log, and what it makes of files that are not as they were.
@Suite struct SuiteFilesTests {
  /// The files of a suite of one recording, which its log read as it is given.
  private static func files(
    of flow: RecordedFlow,
    execution: Text = "e-1"
  ) throws -> (files: [SuiteFile], recording: Recording) {
    var made: ([SuiteFile], Recording)?
    try withTemporaryLog { log in
      var driver = TestDriver(answers: flow.answers)
      let program = Program(try flow.closure())
      try Recorder(log).run(program, try flow.header(execution: execution), &driver)
      let recording = try #require(try RecordingReader(log).recording(of: execution))
      var writer = SuiteWriter(log) { _ in program.closure }
      try writer.add(recording)
      made = (try writer.files(), recording)
    }
    return try #require(made)
  }

  @Test(arguments: RecordedFlow.all)
  func `a recording is read back from a suite as it is read from its log`(
    _ flow: RecordedFlow
  ) throws {
    let (files, recording) = try Self.files(of: flow)
    let suite = try Suite(files)
    let execution = try #require(suite.executions.first)
    #expect(try suite.recording(of: execution) == recording)
    let program = Program(try #require(suite.closures[execution.hash]))
    #expect(Replayer.replay(recording, program).outcome == .identical)
  }

  @Test(arguments: ["../../etc/passwd", "/x", "a/b", "..", ".", "", "A", "a b", "é", "\u{0}"])
  func `an id that others chose leads to no other place`(_ id: Text) throws {
    let (files, recording) = try Self.files(of: RecordedFlow.effect, execution: id)
    for file in files {
      #expect(SuiteFile.isName(file.name), "\(file.name)")
      #expect(!file.name.contains(".."), "\(file.name)")
    }
    let suite = try Suite(files)
    #expect(try suite.recording(of: suite.executions[0]) == recording)
  }

  @Test(arguments: [
    "../x", "recordings/../x.jsonl", "recordings/.jsonl", "recordings/x/y.jsonl", "/x",
    "recordings/X.jsonl", "recordings/x.json", "flows/x.jsonl", "recordings//x.jsonl", "",
    "recordings/-x.jsonl", "x.jsonl", "suite.jsonl/",
  ])
  func `no other name is one of a suite's files`(_ name: String) {
    #expect(!SuiteFile.isName(name))
  }

  @Test func `the list of files does not depend on the order of recordings`() throws {
    try withTemporaryLog { log in
      let program = Program(try RecordedFlow.effect.closure())
      var recordings: [Recording] = []
      for id: Text in ["b", "a", "c"] {
        var driver = TestDriver(answers: RecordedFlow.effect.answers)
        try Recorder(log).run(program, try RecordedFlow.effect.header(execution: id), &driver)
        recordings.append(try #require(try RecordingReader(log).recording(of: id)))
      }
      let made = try [recordings, recordings.reversed()].map { recordings in
        var writer = SuiteWriter(log) { _ in program.closure }
        for recording in recordings { try writer.add(recording) }
        return try writer.files()
      }
      #expect(made[0] == made[1])
      #expect(try Suite(made[0]).executions.map(\.id) == ["b", "a", "c"])
    }
  }

  @Test func `altered bytes lead to an error or to a recording, never to a trap`() throws {
    var random = SplitMix64(forTest: "altered suites")
    let (files, _) = try Self.files(of: RecordedFlow.longValues)
    var refused = 0
    for _ in 0..<1_500 {
      let place = 1 + random.below(files.count - 1)
      let altered = SuiteFile(
        name: files[place].name,
        bytes: Self.altered(files[place].bytes, &random)
      )
      var all = files
      all[place] = altered
      // Somebody who hides an edit writes its digest into the list.
      if random.below(4) > 0 { all[0] = Self.list(of: Array(all.dropFirst())) }
      do {
        let suite = try Suite(all)
        for execution in suite.executions {
          let recording = try suite.recording(of: execution)
          guard let closure = suite.closures[execution.hash] else { continue }
          let program = Program(closure)
          _ = Replayer.replay(recording, program)
          _ = Differ(old: program, new: program).diff(recording)
        }
      } catch let error {
        refused += 1
        #expect(!error.file.isEmpty, "\(error)")
        #expect(error.reason.contains("."), "\(error)")
      }
    }
    #expect(refused > 700)
  }

  @Test(arguments: ["-1", "9007199254740991", "1e300", "1000000000"])
  func `a step's number that none can have is refused`(_ number: String) throws {
    var (files, _) = try Self.files(of: RecordedFlow.effect)
    let place = try #require(files.firstIndex { $0.name.hasPrefix("recordings/") })
    let text = String(decoding: files[place].bytes, as: UTF8.self)
    let forged = text.replacing("\"ordinal\":1,", with: "\"ordinal\":\(number),")
    #expect(forged != text)
    files[place] = SuiteFile(name: files[place].name, bytes: Array(forged.utf8))
    files[0] = Self.list(of: Array(files.dropFirst()))
    let suite = try Suite(files)
    #expect(throws: SuiteError.self) { try suite.recording(of: suite.executions[0]) }
  }

  /// Bytes of which one is another, some are gone, or some stand twice.
  private static func altered(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    guard !bytes.isEmpty else { return [UInt8(random.below(256))] }
    var altered = bytes
    let place = random.below(bytes.count)
    let end = min(bytes.count, place + random.below(40))
    switch random.below(3) {
    case 0: altered[place] = UInt8(random.below(256))
    case 1: altered.removeSubrange(place..<end)
    default: altered.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
    }
    return altered
  }

  private static func list(of files: [SuiteFile]) -> SuiteFile {
    let recordings = files.count { $0.name.hasPrefix("recordings/") }
    let head = #"{"format":"auditcli-suite/1","recordings":\#(recordings),"files":\#(files.count)}"#
    let lines = files.map { file in
      let digest = Hexadecimal.encode(SHA256.hash(data: file.bytes))
      return #"{"file":"\#(file.name)","bytes":\#(file.bytes.count),"sha256":"\#(digest)"}"#
    }
    let text = ([head] + lines).map { $0 + "\n" }.joined()
    return SuiteFile(name: SuiteFile.manifest, bytes: Array(text.utf8))
  }
}
