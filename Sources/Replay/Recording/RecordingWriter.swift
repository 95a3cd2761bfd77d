internal import EventStore
internal import Flows
internal import Values

/// Gathers the events of a recording and appends them in batches.
struct RecordingWriter {
  /// A batch is closed before it has so many events or bytes.
  private static let batchCount = 900
  private static let batchSize = 4 << 20

  private static let source = Array("auditcli".utf8)

  private let root: RecordingHeader
  private let stream: StreamID
  private let log: EventLog
  private var encoder: RecordedEventEncoder
  private var batches: [AppendBatch] = []
  private var drafts: [EventDraft] = []
  private var size = 0
  /// How many events of the recording are durable.
  private var version: UInt32 = 0
  /// How many are gathered behind them.
  private var gathered: UInt32 = 0
  /// Where the root's beginning is, once it is durable.
  private var beginning: Position?
  /// Changes of tables that go behind the end of a step.
  private var expected: (ordinal: Int, reply: EffectReply)?
  private(set) var hasChanges = false

  /// A writer that goes on behind the events that a cut run left.
  init(_ cut: CutRun, log: EventLog) {
    self.init(cut.header, log: log)
    version = cut.length
    beginning = cut.beginning
  }

  init(_ root: RecordingHeader, log: EventLog) {
    self.root = root
    stream = .execution(root.execution)
    self.log = log
    encoder = RecordedEventEncoder(root)
  }

  var isFull: Bool { !batches.isEmpty }

  /// Whether any event of the recording is durable.
  var hasBegun: Bool { version > 0 }

  /// How many bytes of events and values are in no closed batch.
  var gatheredBytes: Int { size + encoder.shelf.gatheredSize }

  /// Notes the changes that go with the end of the step that asked.
  mutating func expect(_ reply: EffectReply, of request: EffectRequest) {
    expected = (request.ordinal, reply)
  }

  /// The evidence to record: no events where the records are not the events themselves.
  func checked(_ reply: EffectReply) -> AnswerEvidence {
    guard case .outputs(let answer) = reply.answer, !answer.records.isEmpty,
      case .events(let positions) = reply.evidence, answer.records.count == positions.count
    else { return reply.evidence }
    let isSame = zip(answer.records, positions).allSatisfy { record, position in
      (try? log.record(at: position)) == record
    }
    return isSame ? reply.evidence : .none
  }

  mutating func add(_ event: RecordedEvent) {
    let type = encoder.encode(event)
    var draft = EventDraft(
      type: type.rawValue,
      source: Self.source,
      stream: stream,
      data: encoder.data
    )
    draft.subject = root.flowID.bytes
    if version + gathered == 0 {
      draft.actor = root.actor?.bytes ?? []
      draft.cause = root.cause.map { .position($0.position) }
    }
    if case .resumed(let resumption) = event { draft.actor = resumption.actor?.bytes ?? [] }
    draft.correlation = root.execution.bytes
    draft.dictionaryClass = .recorded
    gathered += 1
    put(draft)
    if case .step(let step, _) = event, let (ordinal, reply) = expected, step.ordinal == ordinal {
      expected = nil
      add(reply, of: step)
    }
    if drafts.count >= Self.batchCount || gatheredBytes >= Self.batchSize {
      closeBatch()
    }
  }

  private mutating func add(_ reply: EffectReply, of step: Step) {
    hasChanges = true
    var versions: [Text: UInt32] = [:]
    for change in reply.changes {
      let version = versions[change.table] ?? reply.expectedVersion
      versions[change.table] = version + 1
      var draft = TableChange.draft(
        of: change,
        expectedVersion: .exactly(version),
        execution: step.execution,
        step: step.path,
        actor: root.actor
      )
      draft.correlation = root.execution.bytes
      put(draft)
    }
  }

  private mutating func put(_ draft: EventDraft) {
    size += draft.data.count
    drafts.append(draft)
  }

  private mutating func closeBatch() {
    guard !drafts.isEmpty else { return }
    batches.append(AppendBatch(drafts, values: encoder.takeValues()))
    drafts = []
    size = 0
  }

  /// Appends what is gathered; it is durable when this returns.
  mutating func flush() throws {
    closeBatch()
    while !batches.isEmpty {
      try append(addressed: addressed(batches[0]))
      batches.removeFirst()
    }
    gathered = 0
    hasChanges = false
  }

  /// What is gathered as a batch for somebody else to append, nil where nothing is.
  ///
  /// What does not fit one batch is appended here, but for the last.
  ///
  /// - Throws: As ``flush()`` does.
  mutating func takeBatch() throws -> AppendBatch? {
    closeBatch()
    while batches.count > 1 { try append(addressed: addressed(batches.removeFirst())) }
    hasChanges = false
    return batches.popLast().map(addressed)
  }

  /// Notes that a batch is in the log.
  mutating func became(durable batch: AppendBatch, _ outcomes: some Collection<AppendOutcome>) {
    if beginning == nil { beginning = outcomes.first?.position }
    for event in batch.events where event.stream == stream { version += 1 }
    gathered = 0
  }

  /// Appends a batch whose events know what comes before them.
  mutating func append(addressed batch: AppendBatch) throws {
    do {
      became(durable: batch, try log.append(batch))
    } catch EventLogError.wrongExpectedVersion(stream, expected: 0, actual: _) {
      throw RecordingError.exists(execution: root.execution)
    }
  }

  /// A batch whose events name the version that they expect and what caused them.
  private func addressed(_ batch: AppendBatch) -> AppendBatch {
    var batch = batch
    var version = version
    for index in batch.events.indices {
      if batch.events[index].stream == stream {
        batch.events[index].expectedVersion = .exactly(version)
        version += 1
      }
      guard batch.events[index].cause == nil else { continue }
      if let beginning {
        batch.events[index].cause = .position(beginning)
      } else if index > 0 {
        batch.events[index].cause = .earlierInBatch(0)
      }
    }
    return batch
  }
}
