import TestSupport
import Testing

@testable import EventStore

@Suite struct LeafTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

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
      let decompressor = try Decompressor()
      let derived = try log.environment.read { transaction in
        try EventRow.withStored(
          1,
          log.tables.events,
          transaction,
          decompressor,
          log.dictionaries
        ) { try $0.derivedLeaf(type: Array(stored.type.utf8)) }
      }
      #expect(derived == stored.leaf)
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

  /// Rewrites a row as a redaction does: the commitment in the place of the salt, the bytes gone.
  enum Redaction {
    static func redact(
      _ position: UInt64,
      _ part: Part,
      _ log: EventLog,
      _ transaction: borrowing WriteTransaction
    ) throws {
      let decompressor = try Decompressor()
      let row = try EventRow.withStored(
        position,
        log.tables.events,
        transaction,
        decompressor,
        log.dictionaries
      ) { stored in
        var header = stored.header
        let encoded = Array(try stored.encodedAttributes())
        let data = Array(try stored.data())
        var payload: [UInt8] = []
        if part == .data {
          payload += encoded
        } else {
          header.attributesSeal = try encoded.withUnsafeBytes {
            try LeafCommitment.attributes(
              salt: header.attributesSeal,
              encoded: $0,
              version: header.version
            )
          }
          header.attributesLength = 0
          header.flags.insert(.attributesRedacted)
        }
        if part == .attributes {
          payload += data
        } else {
          header.dataSeal = data.withUnsafeBytes { Hash.commitment(salt: header.dataSeal, $0) }
          header.dataLength = 0
          header.flags.insert(.dataRedacted)
        }
        header.flags.insert(.stored)
        header.dictionary = 0
        header.terms = []
        var writer = ByteWriter()
        header.encode(into: &writer)
        return writer.bytes + payload
      }
      try transaction.put(log.tables.events, Keys.event(position), row)
    }
  }
}
