internal import Flows
internal import Values

/// The event card that a flow begins with.
struct EventCard {
  /// The card, as `connector:method`.
  let name: Text
  private let card: Card

  /// Nil where the flow begins otherwise.
  init?(_ flow: Flow) {
    guard case .connectorEvent(let event) = flow.trigger,
      let card = flow.body.cards.first(where: \.isEvent)
    else { return nil }
    name = event.connector + ":" + event.method
    self.card = card
  }

  /// An option that the author chose, such as the channel.
  func option(_ key: Text) -> Value {
    let name = FieldName(group: "parameters", key: key)
    guard case .value(let value)? = card.inputs.first(where: { $0.name == name })?.constant else {
      return .null
    }
    return value
  }

  /// Of an event's outputs, those that the card declares; declared ones that it lacks are null.
  func declared(_ outputs: Value) -> Value {
    let collection = card.outputs.first { $0.name == FieldName(key: "collection") }
    guard let collection else { return outputs }
    return Self.restrict(outputs, to: collection.field.type.item)
  }

  private static func restrict(_ value: Value, to type: DeclaredType) -> Value {
    guard case .schema(let schema) = type, case .object(let object) = value,
      !schema.members.isEmpty
    else { return value }
    return .object(
      Object(schema.members.map { ($0.key, restrict(object[$0.key] ?? .null, to: $0.type)) })
    )
  }
}
