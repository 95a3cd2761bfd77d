public import EventStore
public import Values

/// Long values of recordings, which events name by length and hash.
public enum StoredReference {
  /// The value that stands in an event of a recording, read from where it is kept; null where it
  /// is kept no more.
  ///
  /// The tree is what stands in the event, and the owner is the root of the recording.
  ///
  /// - Throws: What reading the log throws.
  public static func value(_ tree: Value, owner: Text, _ log: EventLog) throws -> Value {
    if let hash = hash(of: tree) {
      guard let bytes = try log.value(owner: owner.bytes, hash: hash) else { return .null }
      return try RecordedValue.decode(bytes)
    }
    return try RecordedValue.decodeTree(tree)
  }

  /// The hash in a reference, nil where the tree is none.
  static func hash(of tree: Value) -> [UInt8]? {
    guard case .object(let object) = tree, object.count == 1,
      case .object(let reference)? = object["$ref"],
      case .text(let digits)? = reference["sha256"]
    else { return nil }
    return Hexadecimal.decode(digits)
  }
}
