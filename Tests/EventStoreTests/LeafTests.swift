import TestSupport
import Testing

@testable import EventStore

@Suite struct LeafTests {
  /// The event of the vector: its commitments and its leaf were computed by another program.
  private var event: EventDraft {
    var draft = EventDraft(
      type: "inbound.okta-system-log",
      source: Array("https://acme.example.com".utf8),
      stream: StreamID("origin-acme"),
      data: Array("{\"eventType\":\"user.session.start\"}".utf8)
    )
    draft.id = Array("3f1c".utf8)
    draft.subject = Array("user-1".utf8)
    draft.actor = Array("ada".utf8)
    draft.time = Array("2026-06-01T00:00:00Z".utf8)
    draft.correlation = [1, 2]
    draft.cause = .position(Position(0))
    return draft
  }

  @Test func `a leaf is what its format says, to the byte`() throws {
    let attributes = try EventAttributes(event).encoded().withUnsafeBytes {
      try LeafCommitment.attributes(salt: (0..<16).map { UInt8($0) }, encoded: $0, version: 7)
    }
    let data = event.data.withUnsafeBytes {
      Hash.commitment(salt: (16..<32).map { UInt8($0) }, $0)
    }
    let leaf = LeafCommitment(
      type: event.type,
      recordedTime: 1_780_000_000_000,
      attributes: attributes,
      data: data,
      cause: 5,
      conflict: LeafCommitment.noLink
    ).leafHash()
    #expect(hex(attributes) == "5aa9cbb58e1945cf61213cc5f033d2941a75f9654048229929b15f02c849c630")
    #expect(hex(data) == "c4160f7103ee5fdee334c37ad8bcc3b44700dfde98b63f459b04a753f42a367d")
    #expect(hex(leaf) == "669cfaa5468a72a2f7951522a837d9c6216bcd31579b9daf3c4127ada612ec1a")
  }

  @Test func `a leaf follows from the stored bytes, and from nothing else`() throws {
    try withTemporaryLog { log throws in
      try log.append(AppendBatch([NumberedEvent.draft(0)]))
      try log.append(AppendBatch([event]))
      let stored = try #require(try log.event(at: Position(1)))
      let plain = try EventAttributes(event).encoded().withUnsafeBytes { encoded in
        let block = try log.environment.read {
          try EventRow.block(with: 1, log.tables.events, $0)
        }
        let seals = block.seals(0)
        return LeafCommitment(
          type: event.type,
          recordedTime: stored.recordedTime,
          attributes: try LeafCommitment.attributes(
            salt: seals.attributes,
            encoded: encoded,
            version: stored.version
          ),
          data: event.data.withUnsafeBytes { Hash.commitment(salt: seals.data, $0) },
          cause: 0,
          conflict: LeafCommitment.noLink
        ).leafHash()
      }
      #expect(try log.leafHash(at: Position(1)) == plain)
      #expect(try log.leafHash(at: Position(2)) == nil)
    }
  }

  @Test func `the salts of a block's events follow from its seed`() {
    let seals = EventSeals(seed: (0..<16).map { UInt8($0) }, index: 3)
    // Computed by another program: SHA-256 over 00…0f 03000000.
    let digest = "f177f6e910bf642adf6b90d75bc3733377ba1723ceb23eefe80b4e41606fde11"
    #expect(hex(seals.attributes) + hex(seals.data) == digest)
  }

  @Test func `the keyed hash has its published values`() {
    let key = (0..<16).map { UInt8($0) }
    for (count, expected) in [
      (0, UInt64(0x726f_db47_dd0e_0e31)), (1, 0x74f8_39c5_93dc_67fd), (8, 0x93f5_f579_9a93_2462),
      (15, 0xa129_ca61_49be_45e5),
    ] {
      var hasher = SipHash(key: key)
      (0..<count).map { UInt8($0) }.withUnsafeBytes { hasher.add($0) }
      #expect(hasher.value() == expected)
    }
  }

  /// Which part of an event is taken out.
  enum Part: CaseIterable {
    case attributes, data, both
  }

  @Test(arguments: Part.allCases)
  func `an event whose bytes were deleted keeps its leaf, and its repetition is a duplicate`(
    _ part: Part
  ) throws {
    try withTemporaryLog { log throws in
      try log.append(AppendBatch([draft("a", "1"), draft("b", "2")]))
      let before = try log.size().root
      try log.environment.write { transaction in
        try Redaction.redact(1, part, log, transaction)
      }
      #expect(try log.size().root == before)
      #expect(try log.verify(.deep).problems == [])
      let event = try #require(try log.event(at: Position(1)))
      #expect(event.isRedacted)
      #expect(event.data == (part == .attributes ? Array("2".utf8) : []))
      #expect(event.attributes.id == (part == .data ? Array("b".utf8) : []))
      let again = try log.append(AppendBatch([draft("b", "other"), draft("b", "2")]))
      #expect(again == [.duplicate(of: Position(1)), .duplicate(of: Position(1))])
    }
  }

  /// Rewrites a block as a redaction does: the seed gone, every salt beside its event, and of the
  /// event the commitment in the place of the salt and the bytes gone.
  enum Redaction {
    static func redact(
      _ position: UInt64,
      _ part: Part,
      _ log: EventLog,
      _ transaction: borrowing WriteTransaction
    ) throws {
      let block = try EventRow.block(with: position, log.tables.events, transaction)
      let decompressor = try Decompressor()
      var headers: [EventHeader] = []
      var payload: [UInt8] = []
      for place in block.range {
        let stored = StoredEvent(place, in: block, decompressor, log.dictionaries)
        var header = stored.header
        header.seals = block.seals(Int(place - block.first))
        let encoded = Array(try stored.encodedAttributes())
        let data = Array(try stored.data())
        if place == position { try redact(part, &header, encoded, data) }
        if header.attributesLength > 0 { payload += encoded }
        if header.dataLength > 0 { payload += data }
        headers.append(header)
      }
      var frame = EventBlock.Frame()
      frame.flags = [.stored, .sealedApart]
      frame.recordedTime = headers[0].recordedTime
      var writer = ByteWriter()
      EventBlock.encode(frame, headers, first: block.first, payload, into: &writer)
      try transaction.put(log.tables.events, Keys.event(block.first), writer.bytes)
    }

    private static func redact(
      _ part: Part,
      _ header: inout EventHeader,
      _ encoded: [UInt8],
      _ data: [UInt8]
    ) throws {
      if part != .data {
        header.seals.attributes = try encoded.withUnsafeBytes {
          try LeafCommitment.attributes(
            salt: header.seals.attributes,
            encoded: $0,
            version: header.version
          )
        }
        header.attributesLength = 0
        header.flags.insert(.attributesRedacted)
      }
      if part != .attributes {
        header.seals.data = data.withUnsafeBytes {
          Hash.commitment(salt: header.seals.data, $0)
        }
        header.dataLength = 0
        header.flags.insert(.dataRedacted)
      }
      header.terms = []
    }
  }
}
