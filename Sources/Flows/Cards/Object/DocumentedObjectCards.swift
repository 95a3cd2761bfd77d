internal import Values

/// Cards of objects that only Okta's pages tell of.
///
/// Source, unless a card says otherwise: Okta's list of functions, and Authing's copy of its pages,
/// `docs.authing.cn/v2/workflow`, under `Object`.
enum DocumentedObjectCards {
  static let all: [FunctionCard] = [
    FunctionCard("object:filter", tolerance: .members, pure: filter),
    FunctionCard("object:move", tolerance: .members, pure: move),
    FunctionCard("object:unset", tolerance: .members, pure: unset),
    FunctionCard("object:split", tolerance: .members, pure: split),
    FunctionCard("object:collapse", tolerance: .members, pure: collapse),
    FunctionCard("object:zip", tolerance: .members, pure: zip),
    FunctionCard("object:unzip", tolerance: .members, pure: unzip),
    FunctionCard("object:size", tolerance: .members, pure: size),
    FunctionCard("object:length", tolerance: .members, pure: size),
  ]

  /// *Filter*: the object without its empty members, at the top level alone.
  ///
  /// Source: `learn.azuqua.com/function-reference/object`, which likens *Clear Empty* to it.
  private static func filter(_ call: inout CardCall) throws(CardError) {
    var kept = Object()
    for (key, member) in try call.object(at: 0, ["object"])
    where Comparison.isEmpty(member) != .holds {
      kept[key] = member
    }
    call.setResult(["output"], to: .object(kept))
  }

  /// *Move*: the object with a value under another key, behind all others; without the first key it
  /// stays as it is.
  private static func move(_ call: inout CardCall) throws(CardError) {
    let object = Value.object(try call.object(at: 0, ["object"]))
    let source = call.value(at: 1, ["source", "from"])
    let destination = call.value(at: 2, ["destination", "to"])
    if let unknown = Value.list([source, destination]).containedUnknown {
      call.setResult(["output"], to: .unknown(unknown))
      return
    }
    let rest = without(source, in: object)
    guard rest != object, case .object(var moved) = rest else {
      call.setResult(["output"], to: object)
      return
    }
    try ObjectPath(destination).write(ObjectPath(source).read(object), to: &moved)
    call.setResult(["output"], to: .object(moved))
  }

  /// *Unset*: the object without what is at a path of keys and indices, dotted or a list of texts.
  ///
  /// Source: `help.okta.com`, `function-reference/Object/object_unset.htm`.
  private static func unset(_ call: inout CardCall) throws(CardError) {
    let object = Value.object(try call.object(at: 0, ["object"]))
    let path = call.value(at: 1, ["path", "key"])
    let unknown = path.containedUnknown.map(Value.unknown)
    call.setResult(["output"], to: unknown ?? without(path, in: object))
  }

  /// A path is tried as one key first, then by its steps.
  private static func without(_ path: Value, in value: Value) -> Value {
    if case .object(let object) = value, case .text(let key) = path, object[key] != nil {
      return ObjectPath(steps: [key]).removed(from: value)
    }
    return ObjectPath(path).removed(from: value)
  }

  /// *Size*: how many keys the object has.
  private static func size(_ call: inout CardCall) throws(CardError) {
    let count = try call.object(at: 0, ["object"]).count
    call.setResult(["size", "length", "output"], to: .number(Double(count)))
  }

  /// *Split*: an object of a key and a value for each member of the objects.
  ///
  /// Source: `help.okta.com`, `function-reference/object/object_split.htm`.
  private static func split(_ call: inout CardCall) throws(CardError) {
    var members: [Value] = []
    for (_, value) in call.plainInputs {
      for (key, member) in try CardCall.object(value) {
        members.append(["key": .text(key), "value": member])
      }
    }
    call.setResult(["list", "output"], to: .list(members))
  }

  /// *Collapse*: the inverse of *Split*; of equal keys the last one counts, null is passed over.
  private static func collapse(_ call: inout CardCall) throws(CardError) {
    var object = Object()
    for item in Coercion.items(of: call.value(at: 0, ["list"])) {
      let pair: Object = try item.isUnknown ? ["key": item] : CardCall.object(item)
      guard !pair.isEmpty else { continue }
      let key = pair["key"] ?? .null
      if let unknown = key.containedUnknown {
        call.setResult(["object", "output"], to: .unknown(unknown))
        return
      }
      object[key.memberKey] = pair["value"] ?? .null
    }
    call.setResult(["object", "output"], to: .object(object))
  }

  /// *Zip*: an object of keys and their values; a key without a value has null.
  private static func zip(_ call: inout CardCall) throws(CardError) {
    let keys = Coercion.items(of: call.value(at: 0, ["keys"]))
    let values = Coercion.items(of: call.value(at: 1, ["values"]))
    if let unknown = Value.list(keys).containedUnknown {
      call.setResult(["object", "output"], to: .unknown(unknown))
      return
    }
    var object = Object()
    for (place, key) in keys.enumerated() {
      object[key.memberKey] = values.indices.contains(place) ? values[place] : .null
    }
    call.setResult(["object", "output"], to: .object(object))
  }

  /// *Unzip*: the keys and the values of an object, as two lists.
  private static func unzip(_ call: inout CardCall) throws(CardError) {
    let object = try call.object(at: 0, ["object"])
    call.setResult(["keys"], to: .list(object.keys.map(Value.text)))
    call.setResult(["values"], at: 1, to: .list(object.map(\.value)))
  }
}
