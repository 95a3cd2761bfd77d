internal import Values

/// The cards that make, read and change objects.
enum ObjectCards {
  static let all: [FunctionCard] = [
    FunctionCard("object:construct", tolerance: .all, pure: construct),
    FunctionCard("object:merge", tolerance: .members, pure: merge),
    FunctionCard("object:pick", tolerance: .all, pure: pick),
    FunctionCard("object:get", tolerance: .all, pure: get),
    FunctionCard("object:expand", tolerance: .all, pure: expand),
    FunctionCard("object:keys", tolerance: .members, pure: keys),
    FunctionCard("object:values", tolerance: .members, pure: values),
    FunctionCard("object:set", tolerance: .all, pure: set),
    FunctionCard("object:clearEmpty", tolerance: .members, pure: clearEmpty),
  ]

  /// Every input becomes a member; dots in its key make objects and lists.
  private static func construct(_ call: inout CardCall) throws(CardError) {
    var object = Object()
    for (key, value) in call.plainInputs {
      if key.bytes.contains(UInt8(ascii: ".")) {
        try ObjectPath(key).write(value, to: &object)
      } else {
        object[key] = value
      }
    }
    call.set("output", to: .object(object))
  }

  /// One object of the members of all; of equal keys the last object's counts.
  private static func merge(_ call: inout CardCall) throws(CardError) {
    var merged = Object()
    for (_, value) in call.plainInputs {
      for (key, member) in try CardCall.object(value) { merged[key] = member }
    }
    call.set("output", to: .object(merged))
  }

  /// Every output is the value at the path that its key is.
  private static func pick(_ call: inout CardCall) throws(CardError) {
    let object = call.input("object")
    for (position, field) in call.signature.outputs.enumerated() where field.name.group == nil {
      call.outputs[position] = ObjectPath(field.name.key).read(object)
    }
  }

  private static func get(_ call: inout CardCall) throws(CardError) {
    let path = call.input("path")
    if let unknown = path.containedUnknown {
      call.set("output", to: .unknown(unknown))
    } else {
      call.set("output", to: ObjectPath(path).read(call.input("object")))
    }
  }

  /// The accessor of a member that an author dragged out: each pair of outputs has its own path.
  private static func expand(_ call: inout CardCall) throws(CardError) {
    let object = call.input("object")
    for (position, field) in call.signature.outputs.enumerated() {
      guard let steps = field.path else { continue }
      call.outputs[position] =
        field.name.key == "key"
        ? .list(steps.map(Value.text)) : ObjectPath(steps: steps).read(object)
    }
  }

  private static func keys(_ call: inout CardCall) throws(CardError) {
    call.set("keys", to: .list(try call.object("object").keys.map(Value.text)))
  }

  private static func values(_ call: inout CardCall) throws(CardError) {
    call.set("values", to: .list(try call.object("object").map(\.value)))
  }

  /// The object with a value at a path.
  private static func set(_ call: inout CardCall) throws(CardError) {
    if let unknown = call.input("path").containedUnknown {
      call.set("output", to: .unknown(unknown))
    } else if case .unknown = call.input("object") {
      call.set("output", to: call.input("object"))
    } else {
      var object = try call.object("object")
      try ObjectPath(call.input("path")).write(call.input("value"), to: &object)
      call.set("output", to: .object(object))
    }
  }

  /// The object without its empty members; 0 and false are not empty.
  private static func clearEmpty(_ call: inout CardCall) throws(CardError) {
    let object = try call.object("object")
    let cleared = cleared(object, withinObjects: try call.boolean("recursive"))
    call.set("output", to: .object(cleared))
  }

  private static func cleared(_ object: Object, withinObjects: Bool) -> Object {
    var kept = Object()
    for (key, member) in object {
      var member = member
      if withinObjects, case .object(let inner) = member {
        member = .object(cleared(inner, withinObjects: true))
      }
      if Comparison.isEmpty(member) != .holds { kept[key] = member }
    }
    return kept
  }
}
