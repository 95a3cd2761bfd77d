/// A way in which a real entry leaves the documented form.
enum EventOddity: CaseIterable {
  /// `zone` is the text "null".
  case zoneText
  /// `debugData` is a text instead of an object.
  case debugText
  /// There is no `uuid`.
  case noUUID
  /// The first address of the chain is the text "null".
  case addressText
  /// `postalCode` is a number.
  case postalNumber
  /// `severity` is none of the documented ones.
  case severity
  /// `published` has a space where the T belongs.
  case published
  /// `outcome` is null.
  case noOutcome
  /// There is a member that no document names.
  case member
  /// `version` is a number.
  case versionNumber

  static func draw(_ random: inout SplitMix64) -> EventOddity {
    random.pick(allCases)
  }
}
