internal import Values

/// The shape of a request's body: a value whose texts are templates.
///
/// Members that come out null are left out.
indirect enum BodyTemplate: Hashable, Sendable {
  case template(Template)
  case constant(Value)
  case object([Member])
  case list([BodyTemplate])
  /// A filter in the System for Cross-domain Identity Management's grammar, made of a group's inputs.
  case criteria(Criteria)

  struct Member: Hashable, Sendable {
    let name: Text
    let body: BodyTemplate
  }

  func value(_ inputs: Object) -> Value {
    switch self {
    case .template(let template): return template.value(inputs)
    case .constant(let value): return value
    case .criteria(let criteria): return criteria.value(inputs)
    case .list(let items): return .list(items.map { $0.value(inputs) }.filter { !$0.isNull })
    case .object(let members):
      var object = Object()
      for member in members {
        let value = member.body.value(inputs)
        // An object of which nothing is left says nothing either.
        if case .object(let inner) = value, inner.isEmpty, !member.body.isGroup { continue }
        if !value.isNull { object[member.name] = value }
      }
      return .object(object)
    }
  }

  private var isGroup: Bool { if case .template = self { true } else { false } }

  var names: [Text] {
    switch self {
    case .template(let template): template.names
    case .constant: []
    case .criteria(let criteria): criteria.names
    case .list(let items): items.flatMap(\.names)
    case .object(let members): members.flatMap(\.body.names)
    }
  }
}
