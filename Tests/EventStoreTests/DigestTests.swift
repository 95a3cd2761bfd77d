import TestSupport
import Testing

@testable import EventStore

@Suite struct DigestTests {
  /// FIPS 180-4's examples, and the hash of nothing.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func `a digest is SHA-256`(text: String, times: Int, expected: String) {
    let bytes = [[UInt8]](repeating: Array(text.utf8), count: times).flatMap(\.self)
    #expect(hex(Digest(of: bytes).array) == expected)
  }

  @Test func `bytes that come in parts have the digest of the whole`() {
    var random = SplitMix64(forTest: "digests in parts")
    for _ in 0..<500 {
      let bytes = (0..<random.below(300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var hash = Digest.Begun()
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(1 + random.below(100))
        part.withUnsafeBytes { hash.add($0) }
        rest = rest.dropFirst(part.count)
      }
      #expect(hash.finished().array == Digest(of: bytes).array)
    }
  }

  @Test func `a keyed hash of parts is that of the whole`() {
    var random = SplitMix64(forTest: "keyed hashes in parts")
    for _ in 0..<2_000 {
      let bytes = (0..<random.below(60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var whole = SipHash(key: 0..<16)
      for byte in bytes { whole.add(byte) }
      var parts = SipHash(key: 0..<16)
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(1 + random.below(20))
        part.withUnsafeBytes { parts.add($0) }
        rest = rest.dropFirst(part.count)
      }
      #expect(parts.value() == whole.value())
    }
  }

  @Test func `bytes are the same where each of them is`() {
    var random = SplitMix64(forTest: "comparing bytes")
    for count in 0..<40 {
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(areSame(bytes, bytes))
      #expect(!areSame(bytes, bytes + [0]))
      for place in 0..<count {
        var other = bytes
        other[place] ^= 1 << UInt8(random.below(8))
        #expect(!areSame(bytes, other))
      }
    }
  }

  private func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { left.hasSameBytes(as: $0) } }
  }
}
