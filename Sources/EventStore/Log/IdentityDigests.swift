/// Which of the events of one identity another one could be the like of, as their hashes tell.
///
/// A sender may give one id to any number of events that differ. To compare each with all before it would hold the
/// writer's lock for as long as their square. The hashes are keyed anew in every process, so nobody can choose
/// events whose hashes meet; where some do all the same, what was named is not the like, and shows it when compared.
struct IdentityDigests {
  /// What is compared of an event instead of its bytes.
  struct Digest {
    /// Of source and id; nil where they were redacted.
    var name: Int?
    /// Of source, id and data; nil where one of them was redacted.
    var whole: Int?
  }

  /// How many of the identity's events were taken in, from the first on.
  private(set) var count = 0
  /// The first event with each digest.
  private var names: [Int: UInt64] = [:]
  private var wholes: [Int: UInt64] = [:]
  /// The first event without its data, by its name.
  private var withoutData: [Int: UInt64] = [:]
  /// The first event without its source and id.
  private var withoutName: UInt64?
}

extension IdentityDigests {
  /// Takes in the next event of the identity.
  mutating func add(_ digest: Digest, _ position: UInt64) {
    count += 1
    guard let name = digest.name else {
      withoutName = withoutName ?? position
      return
    }
    if names[name] == nil { names[name] = position }
    if let whole = digest.whole {
      if wholes[whole] == nil { wholes[whole] = position }
    } else if withoutData[name] == nil {
      withoutData[name] = position
    }
  }

  /// The events that one with the digest may be a repetition of, ascending; no other is.
  func likes(of digest: Digest) -> [UInt64] {
    let found = [
      digest.whole.flatMap { wholes[$0] }, digest.name.flatMap { withoutData[$0] }, withoutName,
    ]
    return found.compactMap { $0 }.sorted()
  }

  /// The first event that may have the source and id of one with the digest; no other is the first.
  func first(like digest: Digest) -> UInt64? { digest.name.flatMap { names[$0] } }
}

extension IdentityDigests.Digest {
  /// The digest of an event; without data, of one whose data was redacted.
  init(source: [UInt8], id: [UInt8], data: UnsafeRawBufferPointer?) {
    var hasher = Hasher()
    for text in [source, id] {
      hasher.combine(text.count)
      text.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    let named = hasher
    name = named.finalize()
    guard let data else { return }
    hasher.combine(bytes: data)
    whole = hasher.finalize()
  }
}
