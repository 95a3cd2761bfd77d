internal import Synchronization

/// What hashing and compressing events needs, outside any transaction, on whatever thread.
final class Preparation: Sendable {
  let secret: [UInt8]
  let entropy: @Sendable (Int) -> [UInt8]
  let dictionaries: DictionaryShelf
  let compressors = ContextPool(Compressor.init)
  private let projections: [any Projection]
  private let termHash: SipHash

  init(
    secret: [UInt8],
    entropy: @escaping @Sendable (Int) -> [UInt8],
    dictionaries: DictionaryShelf,
    projections: [any Projection]
  ) {
    self.secret = secret
    self.entropy = entropy
    self.dictionaries = dictionaries
    self.projections = projections
    termHash = Self.termHash(secret)
  }

  private static func termHash(_ secret: [UInt8]) -> SipHash {
    SipHash(key: secret.dropFirst(EventSeals.saltLength))
  }
}

extension Preparation {
  /// The batches as one, ready to be committed.
  func prepare(_ batches: [AppendBatch]) throws -> PreparedBatch {
    var builder = try BatchBuilder(self)
    for batch in batches { try builder.add(batch) }
    return builder.take()
  }

  /// The projections that take in events of that type.
  func readers(ofType type: [UInt8]) -> [any Projection] {
    projections.filter { $0.reads(type: type) }
  }

  /// The keyed hash of a field and value.
  func hash(field: UInt8, _ value: UnsafeRawBufferPointer) -> UInt64 {
    Self.hash(termHash, field, value)
  }

  private static func hash(
    _ begun: SipHash,
    _ field: UInt8,
    _ value: UnsafeRawBufferPointer
  ) -> UInt64 {
    var hasher = begun
    hasher.add(value)
    hasher.add(field)
    return hasher.value()
  }

  /// The number that stands for a value of a field whose values are nearly unique.
  static func nearUnique(_ hash: UInt64) -> UInt32 {
    // 24 bits, as `TermList` keeps; 0 stands for no value.
    max(UInt32(truncatingIfNeeded: hash) & 0xff_ffff, 1)
  }

  /// The number that stands for a term of a field whose values are nearly unique.
  static func keyedHash(_ term: Term, _ secret: [UInt8]) -> UInt32 {
    term.value.withUnsafeBytes { nearUnique(hash(termHash(secret), term.field, $0)) }
  }
}
