public import EventStore
public import Flows
internal import Crypto
public import Values

/// Recordings that were saved apart from their log, with all that running them again needs.
///
/// A suite is a function of its files: it reads nothing else.
public struct Suite: Sendable {
  /// A recording of the suite.
  public struct Execution: Hashable, Sendable {
    /// The id of the root execution.
    public let id: Text
    /// The hash of the flow version that ran.
    public let hash: Text
    /// The number of that version, nil where it had none.
    public let version: Int?
    /// Where the recording begins in its log.
    let start: Position
    let file: String
  }

  /// The recordings, in the order in which they began.
  public let executions: [Execution]
  /// The flow versions that they were made with, by their hashes.
  public let closures: [Text: FlowClosure]
  /// The events of the log that the suite has.
  public let excerpt: EventExcerpt
  /// The tables of which the suite knows what was in them.
  public let tables: Set<Text>
  /// Where steps ended, ascending.
  let stepEnds: [Position]
  /// The digest of the list of files, which has the digests of all others.
  public let digest: Text
  /// Where events stand in the files, for messages.
  private let places: [Position: (file: String, line: Int)]

  /// Reads the files of a suite.
  ///
  /// Damaged, edited, missing and foreign files lead to an error, never to a trap.
  ///
  /// - Parameter files: All files of the suite's folder.
  /// - Throws: `SuiteError` with the file, line and member at fault.
  /// - Complexity: O(*n*) in the size of the files.
  public init(_ files: [SuiteFile]) throws(SuiteError) {
    let files = try SuiteCheck.checked(files)
    var reading = SuiteReading()
    for file in files.listed {
      if file.isFlow {
        try reading.takeFlow(file)
      } else if file.isRecording {
        try reading.takeRecording(file)
      } else if file.name == SuiteFile.events {
        try reading.takeEvents(file)
      } else if file.name == SuiteFile.tables {
        try reading.takeTables(file)
      }
    }
    guard !reading.executions.isEmpty else {
      throw SuiteError(
        file: SuiteFile.manifest,
        line: 1,
        field: "recordings",
        reason:
          "the suite has no recordings, and tests nothing. Save one with `auditcli replay --save-suite`."
      )
    }
    try reading.checkFlows()
    executions = reading.executions.sorted { $0.start < $1.start }
    closures = reading.closures
    excerpt = reading.excerpt
    tables = Set(closures.values.flatMap { $0.tables.map(\.id) })
    stepEnds = reading.stepEnds.sorted()
    places = reading.places
    digest = files.manifest.digest
  }

  /// The recording of an execution.
  ///
  /// - Throws: `SuiteError` with the file, line and member at fault where it does not read as the
  ///   program writes it.
  /// - Complexity: O(*n*) in the length of the recording.
  public func recording(of execution: Execution) throws(SuiteError) -> Recording {
    let recording: Recording?
    do {
      recording = try RecordingReader(excerpt).recording(of: execution.id)
    } catch RecordingError.malformed(let position, let reason) {
      let place = places[position]
      throw .damaged(place?.file ?? execution.file, line: place?.line, field: "data", reason)
    } catch {
      throw .damaged(execution.file, "it does not read as a recording")
    }
    guard let recording else { throw .damaged(execution.file, "it has no recording") }
    // Steps are looked up by their numbers, which must not ask for more room than there are steps.
    let ordinals = 0..<(4 * recording.steps.count + 1_024)
    guard recording.steps.allSatisfy({ ordinals.contains($0.ordinal) }) else {
      throw .damaged(
        execution.file,
        field: "data.ordinal",
        "no step of a recording has that number"
      )
    }
    return recording
  }
}

// MARK: - Whether files are as they were saved

/// The files of a suite that are as they were saved.
private struct SuiteCheck {
  let manifest: SuiteFile
  let listed: [SuiteFile]

  static func checked(_ files: [SuiteFile]) throws(SuiteError) -> SuiteCheck {
    guard let manifest = files.first(where: { $0.name == SuiteFile.manifest }) else {
      throw SuiteError(
        file: SuiteFile.manifest,
        reason:
          "it is not there, so this is no suite. Name a folder that `auditcli replay --save-suite` made."
      )
    }
    let entries = try SuiteManifest(manifest.bytes).entries
    let known = Set(entries.map(\.file) + [SuiteFile.manifest])
    if let foreign = files.first(where: { !known.contains($0.name) }) {
      throw .foreign(foreign.name)
    }
    let byName = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    var listed: [SuiteFile] = []
    for entry in entries {
      guard let file = byName[entry.file] else { throw .damaged(entry.file, "it is missing") }
      try check(file, entry)
      listed.append(file)
    }
    return SuiteCheck(manifest: manifest, listed: listed)
  }

  private static func check(
    _ file: SuiteFile,
    _ entry: SuiteManifest.Entry
  ) throws(SuiteError) {
    guard file.bytes.count != entry.size || file.digest != entry.digest else { return }
    if !file.isFlow, file.name != SuiteFile.attributes {
      // Where a line does not even read, that is told.
      var lines = try SuiteLines(file)
      while try lines.next() != nil {}
    }
    let change = file.bytes.count - entry.size
    let size =
      change == 0
      ? "the same size, but other bytes" : "\(abs(change)) bytes \(change < 0 ? "less" : "more")"
    throw .damaged(file.name, "it was changed since it was saved: \(size)")
  }
}

extension SuiteError {
  /// The error for a file that the suite does not list.
  public static func foreign(_ file: String) -> SuiteError {
    SuiteError(
      file: file,
      reason: "it is no file of the suite. Move it elsewhere: the folder is the suite's own."
    )
  }
}

// MARK: - What the files say

private struct SuiteReading {
  var executions: [Suite.Execution] = []
  var closures: [Text: FlowClosure] = [:]
  var excerpt = EventExcerpt()
  var stepEnds: [Position] = []
  var places: [Position: (file: String, line: Int)] = [:]

  mutating func takeFlow(_ file: SuiteFile) throws(SuiteError) {
    let closure: FlowClosure
    do {
      closure = try FlowClosure.decode(file.bytes)
    } catch {
      throw .damaged(file.name, "it is no flow: \(error)")
    }
    let hash = FlowVersion(closure).hash
    guard SuiteFile.name(ofFlow: hash) == file.name else {
      throw .damaged(file.name, "its flow has another hash, \(hash)")
    }
    closures[hash] = closure
  }

  mutating func takeEvents(_ file: SuiteFile) throws(SuiteError) {
    var lines = try SuiteLines(file)
    while let line = try lines.next() {
      add(try SuiteEvent.event(line, stream: StreamID("named")), line)
    }
  }

  mutating func takeTables(_ file: SuiteFile) throws(SuiteError) {
    var lines = try SuiteLines(file)
    while let line = try lines.next() {
      add(try SuiteEvent.event(line, stream: .table(try line.text("table"))), line)
    }
  }

  mutating func takeRecording(_ file: SuiteFile) throws(SuiteError) {
    var lines = try SuiteLines(file)
    var values: [(hash: [UInt8], line: SuiteLines.Line)] = []
    var head: RecordingHead?
    var last: Position?
    while let line = try lines.next() {
      if line.has("value") {
        guard let hash = Hexadecimal.decode(try line.text("value")), !line.content.isEmpty else {
          throw line.error("value", "it must be a digest, with the value behind it")
        }
        values.append((hash, line))
        continue
      }
      let first = if let head { head } else { try RecordingHead(line, file) }
      head = first
      let event = try SuiteEvent.event(
        line,
        stream: .execution(first.execution),
        correlation: first.execution.bytes
      )
      if let last, last >= event.position {
        throw line.error("position", "it must be larger than the one before")
      }
      last = event.position
      guard let type = RecordedEventType(rawValue: event.type) else {
        throw line.error("type", "no event of a recording has that type")
      }
      if type.endsStep { stepEnds.append(event.position) }
      guard add(event, line) else { throw line.error("position", "it stands in the suite twice") }
    }
    guard let head else { throw lines.error("it has no recording") }
    for (hash, line) in values { try add(line.content, hash, of: head, line) }
    executions.append(
      Suite.Execution(
        id: head.execution,
        hash: head.hash,
        version: head.version,
        start: head.start,
        file: file.name
      )
    )
  }

  /// A value that does not have its digest was written by somebody else.
  private mutating func add(
    _ bytes: [UInt8],
    _ hash: [UInt8],
    of head: RecordingHead,
    _ line: SuiteLines.Line
  ) throws(SuiteError) {
    var digest = SHA256()
    digest.update(data: head.salt)
    digest.update(data: bytes)
    guard Array(digest.finalize()) == hash else {
      throw line.error("value", "the value has another digest")
    }
    excerpt.add(StoredValue(owner: head.execution.bytes, hash: hash, bytes: bytes))
  }

  /// Adds an event; false where there is one at its position.
  @discardableResult
  private mutating func add(_ event: Event, _ line: SuiteLines.Line) -> Bool {
    places[event.position] = (line.file, line.number)
    return excerpt.add(event)
  }

  /// Checks that the version of every recording is there.
  func checkFlows() throws(SuiteError) {
    for execution in executions where closures[execution.hash] == nil {
      throw .damaged(
        execution.file,
        line: 1,
        field: "data.hash",
        "the suite has no flow \(execution.hash)"
      )
    }
  }
}

/// What the first event of a recording tells of all of it.
private struct RecordingHead {
  let execution: Text
  let hash: Text
  let version: Int?
  let salt: [UInt8]
  let start: Position

  init(_ line: SuiteLines.Line, _ file: SuiteFile) throws(SuiteError) {
    guard try line.text("type").description == RecordedEventType.executionStarted.rawValue else {
      throw line.error(
        "type",
        "a recording begins with \(RecordedEventType.executionStarted.rawValue)"
      )
    }
    do {
      let fields = try RecordedFields(data: line.content)
      execution = try fields.text("execution")
      hash = try fields.text("hash")
      version = fields.optionalInteger("version")
      salt = fields.optionalText("salt").flatMap(Hexadecimal.decode) ?? []
    } catch {
      throw line.error("data", error.reason)
    }
    start = Position(UInt64(try line.integer("position")))
    guard SuiteFile.name(ofRecording: execution) == file.name else {
      throw line.error("data.execution", "the file is called after another execution")
    }
  }
}
