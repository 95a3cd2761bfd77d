internal import Audit

/// Keeps whoever knows an address from filling the log with refusals.
struct RefusalBudget {
  /// So many are noted in one second.
  static let perSecond = 20

  private var second: Int64 = 0
  private var noted = 0
  /// How many were not noted since the last that was.
  private var unrecorded = 0

  /// The refusal as it is to be noted at a time in milliseconds since 1970; nil where there were too
  /// many in its second.
  mutating func take(_ refusal: RefusedDelivery, at now: Int64) -> RefusedDelivery? {
    if now / 1000 != second { (second, noted) = (now / 1000, 0) }
    guard noted < Self.perSecond else {
      unrecorded += 1
      return nil
    }
    noted += 1
    var refusal = refusal
    refusal.unrecorded = unrecorded
    unrecorded = 0
    return refusal
  }
}
