internal import Values

/// Cards of lists that only Okta's pages tell of.
enum DocumentedListCards {
  static let all: [FunctionCard] = [
    FunctionCard("list:unshift", tolerance: .all, pure: addToFront),
    FunctionCard("list:concat", tolerance: .members, pure: combineAll),
    FunctionCard("list:reverse", tolerance: .members, pure: reverse),
    FunctionCard("list:groupBy", tolerance: .members, pure: groupBy),
    FunctionCard("list:indexBy", tolerance: .members, pure: indexBy),
    FunctionCard("list:split", tolerance: .members, pure: split),
  ]

  /// *Split*: so many items of a list, and those behind them.
  ///
  /// Source: `help.okta.com`, `function-reference/List/list_split.htm`.
  private static func split(_ call: inout CardCall) throws(CardError) {
    let given = call.values(["list", "position"])
    let items = Coercion.items(of: given[0])
    let position = try CardCall.number(given[1]).rounded(.towardZero)
    let count = Int(min(Double(items.count), max(0, position)))
    call.setResults([
      "list1": .list(Array(items[..<count])), "list2": .list(Array(items[count...])),
    ])
  }

  /// *Add to Front*: the list with an item before all others.
  ///
  /// Source: `learn.azuqua.com/function-reference/list`, which calls it *Unshift* too.
  private static func addToFront(_ call: inout CardCall) throws(CardError) {
    let list = call.value(at: 0, ["list"])
    let item = call.value(at: 1, ["item"])
    call.setResult(
      ["list", "output"],
      to: list.isUnknown ? list : .list([item] + Coercion.items(of: list))
    )
  }

  /// *Combine All*: the items of all lists, repeated ones too.
  ///
  /// Source: `help.okta.com`, `function-reference/List/list_concat.htm`.
  private static func combineAll(_ call: inout CardCall) throws(CardError) {
    let items = call.plainInputs.flatMap { Coercion.items(of: $0.value) }
    call.setResult(["list", "concat", "combined", "List Combined All"], to: .list(items))
  }

  /// *Reverse*: the items from the last to the first.
  ///
  /// Source: `help.okta.com`, the page of *Sort*.
  private static func reverse(_ call: inout CardCall) throws(CardError) {
    let items = Coercion.items(of: call.value(at: 0, ["list"]))
    call.setResult(["list", "reversed list", "output"], to: .list(items.reversed()))
  }

  /// *Group By*: for each value at a path, the items that have it.
  ///
  /// Source: `help.okta.com`, `function-reference/List/list_groupby.htm`.
  private static func groupBy(_ call: inout CardCall) throws(CardError) {
    let path = ObjectPath(call.value(at: 1, ["path"]))
    let items = Coercion.items(of: call.value(at: 0, ["list"]))
    let keys = items.map { path.read(item: $0) }
    if let unknown = Value.list(keys).containedUnknown {
      call.setResult(["output"], to: .unknown(unknown))
      return
    }
    var groups: [Text: [Value]] = [:]
    var order: [Text] = []
    for (item, key) in zip(items, keys.map(\.memberKey)) {
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(item)
    }
    let object = Object(order.map { ($0, Value.list(groups[$0] ?? [])) })
    call.setResult(["output"], to: .object(object))
  }

  /// *Index By*: the value at one path of each item under the key at another; of equal keys the
  /// last item counts.
  ///
  /// Source: `help.okta.com`, `function-reference/List/list_indexby.htm`.
  private static func indexBy(_ call: inout CardCall) throws(CardError) {
    let keyPath = ObjectPath(call.value(at: 1, ["keyPath"]))
    let valuePath = ObjectPath(call.value(at: 2, ["valuePath"]))
    var object = Object()
    for item in Coercion.items(of: call.value(at: 0, ["list"])) {
      let key = keyPath.read(item: item)
      if let unknown = key.containedUnknown {
        call.setResult(["output"], to: .unknown(unknown))
        return
      }
      object[key.memberKey] = valuePath.read(item: item)
    }
    call.setResult(["output"], to: .object(object))
  }
}
