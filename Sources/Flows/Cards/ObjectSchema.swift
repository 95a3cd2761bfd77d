public import Values

/// The declared members of an object, in the order of the export.
public struct ObjectSchema: Hashable, Sendable {
  /// A member's key and type.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: Text
    /// The declared type of the value.
    public let type: DeclaredType

    /// Makes a member.
    public init(key: Text, type: DeclaredType) {
      self.key = key
      self.type = type
    }
  }

  /// The members in order.
  public let members: [Member]

  /// Makes a schema of `members`.
  public init(_ members: [Member]) {
    self.members = members
  }

  /// Whether a member has the key.
  public func declares(_ key: Text) -> Bool {
    members.contains { $0.key == key }
  }
}
