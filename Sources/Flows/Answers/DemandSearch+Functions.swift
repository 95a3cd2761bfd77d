internal import Values

extension DemandSearch {
  /// Follows the value through a function card that hands it on, whole or in part.
  mutating func followFunction(
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard case .function(let address) = site.card.kind else { return }
    switch address {
    case "object:expand":
      for (output, field) in site.card.signature.outputs.enumerated() {
        guard let path = field.path, field.name.key == "value" else { continue }
        hand(on: path.map { .key($0) }, output, site, part, offset)
      }
    case "object:get":
      guard site.key == "object", case .text(let path)? = site.card.constant("path") else { return }
      hand(on: DottedPath(path).demandSteps, 0, site, part, offset)
    case "object:pick":
      for (output, field) in site.card.signature.outputs.enumerated() {
        hand(on: DottedPath(field.name.key).demandSteps, output, site, part, offset)
      }
    case "json:parse":
      guard offset.isEmpty else { return }
      note(.string, part)
      hand(on: [.parsed], 0, site, part, offset)
    case "xml:parse":
      guard offset.isEmpty else { return }
      note(.string, part)
      demand.note(at: part) { $0.takeAsXML() }
      hand(on: [.parsed], 0, site, part, offset)
    case "object:construct", "list:construct":
      construct(address, site, part, offset)
    case "object:merge":
      for output in site.card.signature.outputs.indices { pass(output, site, part, offset) }
    case "control:let", "control:return", "control:callable":
      passMirrored(site, part, offset)
    case "control:assignIf":
      if site.key == "valueIfTrue" || site.key == "valueIfFalse" { pass(0, site, part, offset) }
      noteCondition(site, part, offset)
    case "control:if", "control:continueIf", "control:throwIf", "boolean:compare":
      noteCondition(site, part, offset)
    default:
      followList(address, site, part, offset)
    }
  }

  private mutating func followList(
    _ address: CardAddress,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    switch address {
    case "list:at":
      guard site.key == "list" else { return }
      if offset.isEmpty, case .number(let index)? = site.card.constant("index"),
        let count = Int(exactly: index), count >= 0, count < 5
      {
        demand.note(at: part) { $0.need(count: count + 1) }
      }
      hand(on: [.item], 0, site, part, offset)
    case "list:shift", "list:pop":
      for (output, field) in site.card.signature.outputs.enumerated() {
        if field.type.isList {
          pass(output, site, part, offset)
        } else {
          hand(on: [.item], output, site, part, offset)
        }
      }
    case "list:pluck": pluck(site, part, offset)
    case "list:findBy", "list:filterBy": search(address, site, part, offset)
    case "list:uniqueBy", "list:sortBy", "list:union", "list:intersection", "list:difference",
      "list:push":
      pass(0, site, part, offset)
    case "list:join", "list:length", "list:includes":
      if offset.isEmpty { demand.note(at: part) { $0.need(count: 1) } }
    case "string:split":
      if site.key == "string", offset.isEmpty,
        case .text(let text)? = site.card.constant("delimiter")
      {
        demand.note(at: part) { $0.add(separator: text) }
      }
    default: break
    }
  }

  /// The output is the part that a path leads to.
  private mutating func hand(
    on path: [Demand.Step],
    _ output: Int,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard let (part, offset) = Self.read(path, part, offset) else { return }
    if offset.isEmpty, site.card.signature.outputs.indices.contains(output) {
      note(site.card.signature.outputs[output].type, part)
    }
    pass(output, site, part, offset)
  }

  private mutating func note(_ type: DeclaredType, _ part: [Demand.Step]) {
    demand.note(at: part) { $0.add(type: type) }
  }

  private mutating func construct(
    _ address: CardAddress,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    let path: [Demand.Step] =
      address == "list:construct" ? [.item] : DottedPath(site.key).demandSteps
    pass(0, site, part, path + offset)
  }

  /// Mirroring cards hand on by name; a *Return* hands on to whoever called the body too.
  private mutating func passMirrored(
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    for (output, input) in site.card.mirror.enumerated() where input == site.input {
      pass(output, site, part, offset)
    }
    guard site.card.kind == .function("control:return") else { return }
    for caller in graph.callers[site.body] {
      let card = graph.program.bodies[caller.body].cards[caller.card]
      returned(to: card, in: caller, site, part, offset)
    }
  }

  private mutating func returned(
    to card: CompiledCard,
    in caller: ProgramGraph.Caller,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    let place = Site(body: caller.body, card: card, cardPlace: caller.card, input: 0)
    switch card.structure {
    case .call, .tryCatch, .branch:
      for (output, field) in card.signature.outputs.enumerated()
      where field.name.key == site.key && field.name.group == nil {
        pass(output, place, part, offset)
      }
    case .iteration(let plan):
      if card.kind == .function("http:paginate") {
        let isAlone = site.card.signature.outputs.count == 1
        let wrapped: [Demand.Step] = isAlone ? offset : [.key(site.key)] + offset
        pass(0, place, part, wrapped)
        if plan.spreads { spread(plan.callee, part, wrapped) }
      }
      guard card.kind == .function("list:map") else { return }
      let wrapped: [Demand.Step] = plan.itemType == .object ? [.item, .key(site.key)] : [.item]
      pass(0, place, part, wrapped + offset)
    case .plain, .head, .arms, .join, .connector: break
    }
  }

  private mutating func pluck(_ site: Site, _ part: [Demand.Step], _ offset: [Demand.Step]) {
    guard site.key == "list", case .text(let key)? = site.card.constant("key"),
      let (part, offset) = Self.read([.item] + DottedPath(key).demandSteps, part, offset)
    else { return }
    if offset.isEmpty {
      note(site.card.signature.outputs.first?.type.item ?? .any, part)
    }
    pass(0, site, part, [.item] + offset)
  }

  private mutating func search(
    _ address: CardAddress,
    _ site: Site,
    _ part: [Demand.Step],
    _ offset: [Demand.Step]
  ) {
    guard site.key == "list" else { return }
    var path = DottedPath(.empty)
    if case .text(let text)? = site.card.constant("path") { path = DottedPath(text) }
    if case .text(let name)? = site.card.constant("operator"),
      let (part, offset) = Self.read([.item] + path.demandSteps, part, offset), offset.isEmpty
    {
      let operand = site.card.constant("comparison") ?? .null
      demand.note(at: part) { $0.add(comparison: name, operand: operand) }
    }
    if address == "list:filterBy" {
      pass(0, site, part, offset)
    } else if let output = site.card.output("item") {
      hand(on: [.item], output, site, part, offset)
    }
  }

  /// A condition with a constant on its other side says which values matter.
  mutating func noteCondition(_ site: Site, _ part: [Demand.Step], _ offset: [Demand.Step]) {
    guard offset.isEmpty, site.key == "left-operand" else { return }
    func constant(_ key: Text) -> Value? {
      guard let place = site.card.input(FieldName(group: site.group, key: key)),
        case .constant(let value) = site.card.inputs[place]
      else { return nil }
      return value
    }
    guard case .text(let name)? = constant("operator"), let operand = constant("right-operand")
    else { return }
    demand.note(at: part) { $0.add(comparison: name, operand: operand) }
  }
}
