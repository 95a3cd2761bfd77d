public import Values

/// The names of a card's inputs or outputs as recordings have them, made once for all steps.
public struct FieldNames: Sendable {
  /// The names, `group/key`, in the order of the fields.
  public let names: [Text]
  private let keys: [JSONKey]
  private let areDistinct: Bool

  init(_ fields: [CardField]) {
    names = fields.map(\.name.text)
    keys = names.map(JSONKey.init)
    areDistinct = Set(names).count == names.count
  }

  /// The members of an object by these names, null where there is none.
  func values(in object: Object) -> [Value] { object.values(of: names) }

  /// The names as keys in JSON, where `object(_:)` of the values has each name once; else nil.
  public func keys(for values: [Value]) -> [JSONKey]? {
    areDistinct && values.count == names.count ? keys : nil
  }

  /// The values by these names; of a repeated name the last counts, and of values that are missing
  /// there is no member.
  public func object(_ values: [Value]) -> Object {
    guard areDistinct, values.count == names.count else { return Object(zip(names, values)) }
    return Object(distinctKeys: names, values: values)
  }
}
