internal import Values

/// The cards that treat lists as sets: items are the same where kind and value are, however deep.
enum ListSetCards {
  static let all: [FunctionCard] = [
    FunctionCard("list:uniqueBy", tolerance: .members, pure: uniqueBy),
    FunctionCard("list:union", tolerance: .members, pure: union),
    FunctionCard("list:intersection", tolerance: .members, pure: intersection),
    FunctionCard("list:difference", tolerance: .members, pure: difference),
  ]

  /// The first item for each value at a path; of items that are no objects, the whole item counts.
  private static func uniqueBy(_ call: inout CardCall) throws(CardError) {
    let path = ObjectPath(call.input("path"))
    let items = call.items("list")
    let keys = items.map { item -> Value in
      if case .object = item { path.read(item: item) } else { item }
    }
    if let unknown = unknown(in: keys) {
      call.set("unique list", to: .unknown(unknown))
      return
    }
    var seen: Set<Value> = []
    call.set(
      "unique list",
      to: .list(zip(items, keys).filter { seen.insert($1).inserted }.map(\.0))
    )
  }

  private static func union(_ call: inout CardCall) throws(CardError) {
    combine(&call, into: "union") { lists in
      var seen: Set<Value> = []
      return lists.joined().filter { seen.insert($0).inserted }
    }
  }

  private static func intersection(_ call: inout CardCall) throws(CardError) {
    combine(&call, into: "list") { lists in
      var seen: Set<Value> = []
      let others = lists.dropFirst().map(Set.init)
      return (lists.first ?? []).filter { item in
        others.allSatisfy { $0.contains(item) } && seen.insert(item).inserted
      }
    }
  }

  private static func difference(_ call: inout CardCall) throws(CardError) {
    combine(&call, into: "list") { lists in
      let others = Set(lists.dropFirst().joined())
      return (lists.first ?? []).filter { !others.contains($0) }
    }
  }

  /// Sets an output to what `combining` makes of all input lists, or to the unknown in them.
  private static func combine(
    _ call: inout CardCall,
    into output: String,
    _ combining: ([[Value]]) -> [Value]
  ) {
    let lists = call.plainInputs.map { Coercion.items(of: $0.value) }
    if let unknown = unknown(in: lists.flatMap(\.self)) {
      call.set(output, to: .unknown(unknown))
    } else {
      call.set(output, to: .list(combining(lists)))
    }
  }

  private static func unknown(in values: [Value]) -> Unknown? {
    values.reduce(nil) { $0.joined($1.containedUnknown) }
  }
}
