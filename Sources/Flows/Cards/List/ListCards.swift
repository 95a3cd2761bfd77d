internal import Values

/// The cards that make lists, take items out and put lists together.
enum ListCards {
  static let all: [FunctionCard] = [
    FunctionCard("list:construct", tolerance: .all, pure: construct),
    FunctionCard("list:at", tolerance: .members, pure: at),
    FunctionCard("list:length", tolerance: .members, pure: length),
    FunctionCard("list:pluck", tolerance: .members, pure: pluck),
    FunctionCard("list:join", pure: join),
    FunctionCard("list:shift", tolerance: .members, pure: shift),
    FunctionCard("list:pop", tolerance: .members, pure: pop),
    FunctionCard("list:push", tolerance: .all, pure: push),
    FunctionCard("list:flatten", tolerance: .members, pure: flatten),
    FunctionCard("list:collapse", tolerance: .members, pure: collapse),
    FunctionCard("list:sample", tolerance: .members, behaviour: .ambient(sample)),
  ]

  private static func construct(_ call: inout CardCall) throws(CardError) {
    call.set("list", to: .list(call.plainInputs.map(\.value)))
  }

  /// The item at an index; null where there is none.
  private static func at(_ call: inout CardCall) throws(CardError) {
    let items = call.items("list")
    let number = try call.number("index")
    guard let index = Int(exactly: number), items.indices.contains(index) else { return }
    call.set("item", to: items[index])
  }

  private static func length(_ call: inout CardCall) throws(CardError) {
    call.set("length", to: .number(Double(call.items("list").count)))
  }

  private static func pluck(_ call: inout CardCall) throws(CardError) {
    let path = ObjectPath(call.input("key"))
    call.set("values", to: .list(call.items("list").map { path.read(item: $0) }))
  }

  /// The items as one text; lists and objects are refused.
  private static func join(_ call: inout CardCall) throws(CardError) {
    var parts: [Text] = []
    for item in call.items("list") {
      switch item {
      case .list, .object, .file: throw CardError.invalidConversion(of: item, to: "text to join")
      default: parts.append(Coercion.text(of: item) ?? .empty)
      }
    }
    let separator = call.text("delimiter") ?? .empty
    call.set("string", to: .text(Text.joined(parts, separator: separator)))
  }

  private static func shift(_ call: inout CardCall) throws(CardError) {
    let items = call.items("list")
    call.set("item", to: items.first ?? .null)
    call.set("list", to: .list(Array(items.dropFirst())))
  }

  private static func pop(_ call: inout CardCall) throws(CardError) {
    let items = call.items("list")
    call.set("item", to: items.last ?? .null)
    call.set("list", to: .list(Array(items.dropLast())))
  }

  private static func push(_ call: inout CardCall) throws(CardError) {
    let list = call.input("list")
    call.set("list", to: list.isUnknown ? list : .list(call.items("list") + [call.input("item")]))
  }

  /// The items of the lists in a list, one level deep; what is no list stays.
  private static func flatten(_ call: inout CardCall) throws(CardError) {
    let lists = call.items("lists")
    let unknown = lists.reduce(Unknown?.none) { found, item in
      if case .unknown(let unknown) = item { found.joined(unknown) } else { found }
    }
    if let unknown {
      // How many items an unknown list adds, nobody knows.
      call.set("list", to: .unknown(unknown))
    } else {
      call.set("list", to: .list(lists.flatMap { $0.isNull ? [.null] : Coercion.items(of: $0) }))
    }
  }

  /// One object of the members of all objects in a list; of equal keys the last object's counts.
  private static func collapse(_ call: inout CardCall) throws(CardError) {
    var merged = Object()
    for item in call.items("list") {
      if case .unknown = item {
        call.set("output", to: item)
        return
      }
      for (key, member) in try CardCall.object(item) { merged[key] = member }
    }
    call.set("output", to: .object(merged))
  }

  /// Items drawn without repeats; one random number for each.
  private static let sample = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let count = try sampleSize(call)
      return answers.isEmpty && count > 0 ? .random(count: count) : nil
    },
    finish: { (call, answers) throws(CardError) in
      let count = try sampleSize(call)
      let numbers = try RandomNumbers.read(answers.first, count: count)
      var items = call.items("list")
      for (position, number) in numbers.enumerated() {
        items.swapAt(position, position + number.index(below: items.count - position))
      }
      call.set("samples", to: .list(Array(items.prefix(count))))
    }
  )

  private static func sampleSize(_ call: CardCall) throws(CardError) -> Int {
    let amount = max(0, try call.number("amount").rounded(.down))
    return Int(min(amount, Double(call.items("list").count)))
  }
}
