internal import Values

/// Follows a value through a program and notes what is read from it.
///
/// A place is a slot together with where in the slot's value the followed value stands and which
/// part of the followed value it is: `Construct` puts a value deeper, `Get` takes a part out.
struct DemandSearch {
  struct Place: Hashable {
    let body: Int
    let slot: Int
    /// Which part of the followed value stands here.
    let part: [Demand.Step]
    /// Where in the slot's value it stands.
    let offset: [Demand.Step]
  }

  /// Longer paths and more places than any flow has; keeps circles of calls from going on.
  private static let maximumPath = 14
  private static let maximumPlaces = 4_000

  let graph: ProgramGraph
  var demand = Demand()
  private var seen: Set<Place> = []
  private var pending: [Place] = []

  init(graph: ProgramGraph) {
    self.graph = graph
  }

  /// What is read from the value in a slot.
  static func demand(of slot: Int, body: Int, in graph: ProgramGraph) -> Demand {
    var search = DemandSearch(graph: graph)
    search.visit(Place(body: body, slot: slot, part: [], offset: []))
    search.run()
    return search.demand
  }

  /// What is read from the records that a streaming card hands over.
  static func demand(ofRecordsOf plan: StreamPlan, in graph: ProgramGraph) -> Demand {
    var search = DemandSearch(graph: graph)
    search.enterStream(plan.loop.callee)
    search.run()
    return search.demand
  }

  private mutating func visit(_ place: Place) {
    guard place.part.count <= Self.maximumPath, place.offset.count <= Self.maximumPath,
      seen.count < Self.maximumPlaces, seen.insert(place).inserted
    else { return }
    pending.append(place)
  }

  private mutating func run() {
    while let place = pending.popLast() {
      for reader in graph.readers[place.body][place.slot] { follow(place, into: reader) }
    }
  }

  private mutating func follow(_ place: Place, into reader: ProgramGraph.Reader) {
    var part = place.part
    var offset = place.offset
    if let transform = reader.transform {
      guard convert(transform, &part, &offset) else { return }
    } else if offset.isEmpty {
      demand.note(at: part) { $0.add(type: reader.type) }
    }
    let card = graph.program.bodies[place.body].cards[reader.card]
    switch reader.place {
    case .argument(let key):
      if let callee = card.callee { enter(callee, key: key, part: part, offset: offset) }
    case .input(let input):
      let site = Site(body: place.body, card: card, cardPlace: reader.card, input: input)
      follow(site, part, offset)
    }
  }

  /// Takes a wire's conversion into account; false where the value ends there.
  private mutating func convert(
    _ transform: PinTransform,
    _ part: inout [Demand.Step],
    _ offset: inout [Demand.Step]
  ) -> Bool {
    let noted = part
    let isWhole = offset.isEmpty
    func note(_ type: DeclaredType, in demand: inout Demand) {
      if isWhole { demand.note(at: noted) { $0.add(type: type) } }
    }
    switch transform.conversion {
    case .parse:
      note(.string, in: &demand)
      guard isWhole else { return false }
      part.append(.parsed)
      demand.note(at: part) { _ in }
    case .dateTime, .isoString: note(.date, in: &demand)
    case .parseFloat, .toString: note(.number, in: &demand)
    case .booleanToString: note(.boolean, in: &demand)
    case .wrapArray: offset.insert(.item, at: 0)
    case .stringify: return false
    }
    if transform.wrapsResult { offset.insert(.item, at: 0) }
    return true
  }
}

extension DemandSearch {
  /// An input that the followed value reaches.
  struct Site {
    let body: Int
    let card: CompiledCard
    let cardPlace: Int
    let input: Int

    var key: Text { card.signature.inputs[input].name.key }
    var group: Text? { card.signature.inputs[input].name.group }
  }

  private mutating func follow(_ site: Site, _ part: [Demand.Step], _ offset: [Demand.Step]) {
    switch site.card.structure {
    case .join(let joins):
      for join in joins where join.input == site.input {
        pass(join.output, site, part, offset)
      }
    case .call(let callee):
      enter(callee, key: site.key, part: part, offset: offset)
    case .iteration(let plan): followList(plan, site, part, offset)
    case .tryCatch(let body, let handler):
      for inline in [body, handler] { capture(inline, site, part, offset) }
    case .branch(let conditions, let otherwise):
      for conditional in conditions {
        capture(conditional.body, site, part, offset)
        if site.group == Text(conditional.group) { noteCondition(site, part, offset) }
      }
      if let otherwise { capture(otherwise, site, part, offset) }
    case .connector(let plan):
      guard let stream = plan.stream,
        let field = stream.state.first(where: { $0.input == site.input })
      else { return }
      enter(
        stream.loop.callee,
        key: "State",
        part: part,
        offset: [.key(field.name)] + offset
      )
    case .plain, .head, .arms: followFunction(site, part, offset)
    }
  }

  /// Goes on with an output of the card that an input belongs to, if the card has so many.
  mutating func pass(
    _ output: Int,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard site.card.signature.outputs.indices.contains(output) else { return }
    visit(
      Place(body: site.body, slot: site.card.firstSlot + output, part: part, offset: offset)
    )
  }

  /// The value becomes the input of a called flow.
  private mutating func enter(
    _ callee: Callee,
    key: Text,
    part: [Demand.Step],
    offset: [Demand.Step]
  ) {
    guard let number = graph.body(of: callee) else { return }
    enterHead(of: number, part: part, offset: offset) {
      $0.group != "context" && $0.key == key
    }
  }

  /// Follows a record into the flow that streams: by name, or as a part of its only input.
  private mutating func enterStream(_ callee: Callee) {
    guard let number = graph.body(of: callee) else { return }
    let own = graph.program.bodies[number].head.filter { !$0.name.isContext }
    guard own.count == 1 else { return enter(callee, key: "Record", part: [], offset: []) }
    enterHead(of: number, part: [], offset: [.key("Record")]) { !$0.isContext }
  }

  private mutating func enterHead(
    of number: Int,
    part: [Demand.Step],
    offset: [Demand.Step],
    where isInput: (FieldName) -> Bool
  ) {
    let body = graph.program.bodies[number]
    for (output, field) in body.head.enumerated() where isInput(field.name) {
      let slot = body.cards[0].firstSlot + output
      if offset.isEmpty { demand.note(at: part) { $0.add(type: field.type) } }
      visit(Place(body: number, slot: slot, part: part, offset: offset))
    }
  }

  private mutating func capture(
    _ inline: InlineBody,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    let first = graph.program.bodies[inline.body].cards[0].firstSlot
    for (output, input) in inline.captures.enumerated() where input == site.input {
      visit(Place(body: inline.body, slot: first + output, part: part, offset: offset))
    }
  }

  private mutating func followList(
    _ plan: IterationPlan,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard plan.source == site.input else {
      if plan.memo == site.input { enter(plan.callee, key: "memo", part: part, offset: offset) }
      return
    }
    guard case .function(let address) = site.card.kind else { return }
    switch address {
    case "object:map", "object:each", "object:process": return followMembers(plan, part, offset)
    case "list:filter", "list:sort", "list:unique", "http:paginate":
      pass(0, site, part, offset)
    default: break
    }
    let path: [Demand.Step] = address == "http:paginate" ? [] : [.item]
    guard let item = Self.read(path, part, offset) else { return }
    if address == "list:find", let output = site.card.output("item") {
      pass(output, site, item.part, item.offset)
    }
    if item.offset.isEmpty { demand.note(at: item.part) { _ in } }
    if plan.spreads { spread(plan.callee, item.part, item.offset) }
    for argument in plan.callee.arguments {
      guard case .item(let path) = argument.source,
        let read = Self.read(path.demandSteps, item.part, item.offset)
      else { continue }
      enter(plan.callee, key: argument.key, part: read.part, offset: read.offset)
    }
  }

  /// A card that calls for each member hands over its value; a made object has one of some name.
  private mutating func followMembers(
    _ plan: IterationPlan,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    var name = Demand.Step.key("id")
    if case .key? = offset.first { name = offset[0] }
    if plan.spreads, let value = Self.read([name], part, offset) {
      enter(plan.callee, key: "value", part: value.part, offset: value.offset)
    }
    for argument in plan.callee.arguments {
      guard case .item(let path) = argument.source, path.demandSteps.first == .key("value"),
        let value = Self.read([name] + path.demandSteps.dropFirst(), part, offset)
      else { continue }
      enter(plan.callee, key: argument.key, part: value.part, offset: value.offset)
    }
  }

  /// A card without arguments hands over the item's own members.
  mutating func spread(
    _ callee: Callee,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard let number = graph.body(of: callee) else { return }
    let body = graph.program.bodies[number]
    let own = body.head.filter { $0.name.group != "context" }
    for (output, field) in body.head.enumerated() where field.name.group != "context" {
      let path: [Demand.Step] = (field.name.group.map { [.key($0)] } ?? []) + [.key(field.name.key)]
      guard let (part, offset) = Self.read(own.count == 1 ? [] : path, part, offset) else {
        continue
      }
      if offset.isEmpty { demand.note(at: part) { $0.add(type: field.type) } }
      visit(
        Place(
          body: number,
          slot: body.cards[0].firstSlot + output,
          part: part,
          offset: offset
        )
      )
    }
  }

  /// What reading `path` from a slot gives: deeper into the followed value, or less deep above it;
  /// nil where the path leads past it.
  static func read(
    _ path: [Demand.Step],
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) -> (part: [Demand.Step], offset: [Demand.Step])? {
    let common = zip(path, offset).prefix { $0 == $1 }.count
    if common == offset.count { return (part + path[common...], []) }
    return common == path.count ? (part, Array(offset[common...])) : nil
  }
}

extension DottedPath {
  /// The path's steps; a step of digits counts into a list.
  var demandSteps: [Demand.Step] {
    if text.isEmpty { return [] }
    return text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      let digits = $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return digits && !$0.isEmpty && $0.count < 4 ? .item : .key(Text(wtf8: Array($0)))
    }
  }
}
