public import EventStore
public import Flows
public import Values

/// Makes the files of a suite: recordings, with all that running them again without their log needs.
///
/// The files are a function of the log and of the recordings: the same selection gives the same bytes.
public struct SuiteWriter {
  private let log: EventLog
  private let closure: (Text) throws -> FlowClosure
  private var recordings: [SuiteFile] = []
  private var closures: [Text: FlowClosure] = [:]
  /// The events that the recordings name: what started them, and records that they were given.
  private var named: Set<Position> = []
  /// Where the last of the recordings begins; behind it no table matters.
  private var lastStart = Position(0)

  /// Begins without recordings.
  ///
  /// - Parameters:
  ///   - log: The log that has the recordings.
  ///   - closure: The flow version with that hash.
  public init(_ log: EventLog, closure: @escaping (_ hash: Text) throws -> FlowClosure) {
    self.log = log
    self.closure = closure
  }

  /// How many recordings there are.
  public var count: Int { recordings.count }

  /// How many flow versions they were made with.
  public var flowCount: Int { closures.count }
}

extension SuiteWriter {
  /// Adds a recording of the log.
  ///
  /// - Throws: What reading the log throws; `SuiteError` where the flow's constants hold what looks like
  ///   a secret.
  /// - Complexity: O(*n*) in the length of the recording.
  public mutating func add(_ recording: Recording) throws {
    let root = recording.root
    if closures[root.hash] == nil { closures[root.hash] = try checked(closure(root.hash)) }
    let events = try log.events(of: .execution(root.execution))
    var bytes: [UInt8] = []
    var known: Set<Text> = []
    for event in events {
      for hash in EventMarks(event.data).references where known.insert(hash).inserted {
        guard let value = try value(hash, of: root.execution) else { continue }
        bytes += SuiteEvent.line(value)
      }
      bytes += SuiteEvent.line(event)
    }
    recordings.append(
      SuiteFile(name: SuiteFile.name(ofRecording: root.execution), bytes: bytes)
    )
    if let start = events.first?.position { lastStart = max(lastStart, start) }
    if let cause = root.cause?.position { named.insert(cause) }
    for step in recording.steps {
      for request in step.requests { named.formUnion(request.evidence.events) }
    }
  }

  private func value(_ digits: Text, of execution: Text) throws -> StoredValue? {
    guard let hash = Hexadecimal.decode(digits),
      let bytes = try log.value(owner: execution.bytes, hash: hash)
    else { return nil }
    return StoredValue(owner: execution.bytes, hash: hash, bytes: bytes)
  }

  /// The closure, whose constants must not be secrets: a suite is handed on.
  private func checked(_ closure: FlowClosure) throws -> FlowClosure {
    let export = try FlowExport(closure.encode(), source: closure.flow.name.description)
    let references = closure.secrets.map(\.text)
    let secret = export.secrets.first { !references.contains($0.secret) }
    guard let secret else { return closure }
    throw SuiteError(
      file: "",
      reason: "the flow \(closure.flow.name) holds what looks like a secret, in the field "
        + "\(secret.field) of the card \(secret.card). Add its export with `auditcli flow add`, without "
        + "--keep-constants, and choose executions of the version that this adds."
    )
  }
}

// MARK: - The files

extension SuiteWriter {
  /// Git changes no line feeds of a suite, whose digests would not fit any more.
  private static let attributes = SuiteFile(
    name: SuiteFile.attributes,
    bytes: Array("* -text\n".utf8)
  )

  /// All files, the manifest first, then by name.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: O(*n*) in the size of the recordings and in the changes of the tables that their
  ///   flows name.
  public func files() throws -> [SuiteFile] {
    var files = recordings + [Self.attributes]
    for (hash, closure) in closures {
      files.append(
        SuiteFile(name: SuiteFile.name(ofFlow: hash), bytes: closure.encode() + [0x0A])
      )
    }
    let events = try namedEvents()
    if !events.isEmpty { files.append(SuiteFile(name: SuiteFile.events, bytes: events)) }
    let tables = try tableEvents()
    if !tables.isEmpty { files.append(SuiteFile(name: SuiteFile.tables, bytes: tables)) }
    files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return [SuiteManifest(files).file] + files
  }

  /// The events that recordings name, and the deliveries that brought those.
  private func namedEvents() throws -> [UInt8] {
    var events: [Position: Event] = [:]
    for position in named {
      guard let event = try log.event(at: position) else { continue }
      events[position] = event
      if let cause = event.cause, events[cause] == nil { events[cause] = try log.event(at: cause) }
    }
    return events.sorted { $0.key < $1.key }.flatMap { SuiteEvent.line($1.readable) }
  }

  /// The changes of the tables that the flows name, up to the last recording.
  private func tableEvents() throws -> [UInt8] {
    let tables = Set(closures.values.flatMap { $0.tables.map(\.id) })
    return try tables.sorted().flatMap { table in
      try log.events(of: .table(table)).filter { $0.position < lastStart }
        .flatMap { SuiteEvent.line($0, ofTable: table) }
    }
  }
}

extension Event {
  /// The event, without data that is no JSON: no flow is started with that.
  fileprivate var readable: Event {
    if isRedacted || (try? JSON.parse(data)) != nil { return self }
    return Event(
      position: position,
      recordedTime: recordedTime,
      type: type,
      stream: attributes.stream,
      cause: cause,
      data: Array("null".utf8)
    )
  }
}
