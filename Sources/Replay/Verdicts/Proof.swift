/// How certain a verdict is.
public enum Proof: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Every answer that was used is the recorded one.
  case proven
  /// An answer comes from elsewhere, or a write was taken as succeeded.
  case assumed
  /// Something that was compared is unknown.
  case partial

  /// Whether the first is the more certain one.
  public static func < (first: Proof, second: Proof) -> Bool { first.rank < second.rank }

  private var rank: Int {
    switch self {
    case .proven: 0
    case .assumed: 1
    case .partial: 2
    }
  }
}
