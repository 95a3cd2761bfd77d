/// Where an event's source and id are looked up; the order is that of the rows.
///
/// The hash is keyed with the store's secret, so no sender can choose ids that meet in one place.
/// The bucket is the hour inside a time-based UUID (RFC 9562, version 1), as Okta's are, else 0: the
/// same id always has the same bucket, and ids that arrive together lie together.
struct IdentityKey: Hashable, Comparable {
  /// 24 bits.
  let bucket: UInt32
  /// 40 bits.
  let hash: UInt64

  init(bucket: UInt32, hash: UInt64) {
    self.bucket = bucket
    self.hash = hash
  }

  /// Reads what `encode` wrote.
  init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
    bucket = UInt32(truncatingIfNeeded: try reader.wide(Self.bucketLength))
    hash = try reader.wide(Self.hashLength)
  }

  /// Bucket and hash, the most significant byte first.
  func encode(into writer: inout ByteWriter) {
    writer.wide(UInt64(bucket), Self.bucketLength)
    writer.wide(hash, Self.hashLength)
  }

  private static let (bucketLength, hashLength) = (3, 5)
  /// The bytes of bucket and hash.
  static let encodedLength = bucketLength + hashLength

  init(source: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer, secret: [UInt8]) {
    var hasher = SipHash(key: secret)
    hasher.add(prefixed: source)
    hasher.add(prefixed: id)
    hash = hasher.value() & 0xff_ffff_ffff
    bucket = Self.bucket(of: id)
  }

  init(_ source: [UInt8], _ id: [UInt8], secret: [UInt8]) {
    self = source.withUnsafeBytes { source in
      id.withUnsafeBytes { IdentityKey(source: source, id: $0, secret: secret) }
    }
  }

  private static func bucket(of id: UnsafeRawBufferPointer) -> UInt32 {
    guard id.count == 36, id[8] == dash, id[13] == dash, id[14] == UInt8(ascii: "1") else {
      return 0
    }
    guard let low = hexadecimal(id[0..<8]), let middle = hexadecimal(id[9..<13]),
      let high = hexadecimal(id[15..<18])
    else { return 0 }
    // 100 ns steps since 1582-10-15.
    let steps = high << 48 | middle << 32 | low
    return UInt32(truncatingIfNeeded: steps / 36_000_000_000) & 0xff_ffff
  }

  private static let dash = UInt8(ascii: "-")

  private static func hexadecimal(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(digit - 55)
      default: return nil
      }
    }
    return value
  }

  static func < (left: IdentityKey, right: IdentityKey) -> Bool { left.order < right.order }

  private var order: UInt64 { UInt64(bucket) << 40 | hash }
}
