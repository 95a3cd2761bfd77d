/// What verifying a store found.
public struct Verification: Hashable, Sendable {
  /// How many events were read.
  public var events: UInt64
  /// The root of the tree over them, as re-derived, 32 bytes.
  public var root: [UInt8]
  /// Everything that is wrong, the first of each kind at a place; empty where the store is intact.
  public var problems: [Problem]

  /// How much is re-derived.
  public enum Depth: Sendable {
    /// Leaves, tree and links.
    case plain
    /// Also every index row, view and stored value, in one snapshot.
    case deep
  }
}

extension EventLog {
  /// Re-derives from the events' bytes what the store says about them, and compares.
  ///
  /// Finds all problems, not only the first, up to 1,000. Damage inside LMDB's own pages can end the
  /// process: run it in a child.
  ///
  /// - Throws: `LMDBError` where the file cannot be read at all.
  /// - Complexity: O(*n*) in the length of the log.
  public func verify(
    _ depth: Verification.Depth = .plain, progress: (Progress) -> Void = { _ in }
  ) throws -> Verification {
    var verifier = try Verifier(log: self)
    switch depth {
    case .plain: try verifier.verifyEvents(progress)
    case .deep:
      try verifier.verifyEvents(progress)
      try environment.read { try verifier.verifyIndexes($0) }
      try environment.read { try verifier.verifyValues($0) }
      try verifier.verifyViews()
    }
    return verifier.result
  }
}
