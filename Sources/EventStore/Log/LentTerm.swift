/// One indexed value of a lent event: a field, and where its value stands in `LentDraft.termBytes`.
public struct LentTerm: Hashable, Sendable {
  /// The field's number, as that of a `Term`.
  public let field: UInt8
  /// Where the value stands, normalised as the filter compares it.
  public let range: Range<Int>

  /// Makes the term of a field and its value's place.
  public init(field: UInt8, range: Range<Int>) {
    self.field = field
    self.range = range
  }
}
