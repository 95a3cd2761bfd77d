import Flows
import TestSupport
import Testing
import Values

@Suite struct FlowOutlineTests {
  private static func outline(_ flows: [FlowBuilder]) throws -> FlowOutline {
    let pack = try FlowPack.load(FlowBuilder.export(flows), source: "test")
    let closure = try #require(pack.closure(of: Text(flows[0].id)))
    return FlowOutline(closure.flow, in: closure)
  }

  /// Each entry in a word or two: cards by number and id, arms by name, notes by their text.
  private static func shape(_ outline: FlowOutline) -> [String] {
    outline.entries.map { entry in
      switch entry {
      case .card(let card): "\(card.depth) \(card.number) \(card.card.uuid)"
      case .arm(let arm): "\(arm.depth) \(arm.name):"
      case .note(let note, let depth): "\(depth) # \(note)"
      }
    }
  }

  private static func sources(
    _ input: String,
    of card: Text,
    in outline: FlowOutline
  ) throws -> [OutlineSource] {
    let card = try #require(outline.cards.first { $0.card.uuid == card })
    return card.inputs.first { "\($0.field.name)" == input }?.sources ?? []
  }

  @Test func `arms stand below their card, in order, and their heads have no number`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["a"])
    main.ifElse(
      "if",
      [
        "left-operand": .wire("start.a"), "operator": .constant("=="),
        "right-operand": .constant("x"),
      ],
      joined: [("text", "yes.output", "no.output")],
      whenTrue: {
        $0.card("yes", "string:lower", ["string": .wire("start.a")], outputs: ["output"])
      },
      whenFalse: {
        $0.card("no", "string:upper", ["string": .wire("start.a")], outputs: ["output"])
      }
    )
    main.card("end", "control:return", ["x": .wire("if-join.text")])
    let outline = try Self.outline([main])
    #expect(
      Self.shape(outline) == [
        "0 1 start", "0 2 if", "1 true:", "1 3 yes", "1 false:", "1 4 no", "0 5 if-join",
        "0 6 end",
      ]
    )
    let condition = try #require(outline.cards[1].condition)
    #expect(condition.left == [.output(card: 1, "a", nil)])
    #expect(condition.comparison == [.constant("==")])
    #expect(condition.right == [.constant("x")])
    #expect(outline.cards[1].inputs.isEmpty)
    #expect(
      try Self.sources("text", of: "if-join", in: outline) == [
        .output(card: 3, "output", nil), .output(card: 4, "output", nil),
      ]
    )
  }

  @Test func `an arm without cards is left out`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["a"])
    main.ifElse(
      "if",
      [
        "left-operand": .wire("start.a"), "operator": .constant("=="),
        "right-operand": .constant("x"),
      ],
      whenTrue: { _ in },
      whenFalse: { $0.card("no", "control:noop2") }
    )
    #expect(
      try Self.shape(Self.outline([main])) == ["0 1 start", "0 2 if", "1 false:", "1 3 no"]
    )
  }

  @Test func `what an inline flow is given is what its card is given`() throws {
    var body = FlowBuilder("body")
    body.card("head", "control:callable", outputs: ["context/user", "context/index"])
    body.card("use", "string:lower", ["string": .wire("head.context/user")], outputs: ["output"])
    body.card("count", "string:lower", ["string": .wire("head.context/index")])
    var handler = FlowBuilder("handler")
    handler.card("caught", "control:noop")
    handler.card("log", "string:lower", ["string": .constant("x")])
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["a"])
    main.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(body), "context/user": .wire("start.a")],
      policy: ["type": "handler", "flo": handler.body, "merge": "join"]
    )
    let outline = try Self.outline([main])
    #expect(
      Self.shape(outline) == [
        "0 1 start", "0 2 try", "1 try:", "1 3 use", "1 4 count", "1 error:", "1 5 log",
      ]
    )
    #expect(try Self.sources("string", of: "use", in: outline) == [.output(card: 1, "a", nil)])
    #expect(
      try Self.sources("string", of: "count", in: outline) == [
        .given(FieldName(group: "context", key: "index"), nil)
      ]
    )
  }

  @Test func `a list card names the flow it calls and what of an item it hands over`() throws {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["mail", "subject"])
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["users:object[]"])
    main.card(
      "each",
      "list:each",
      [
        "list:object[]": .wire("start.users"), "flo:flo": .flow("helper"),
        "mail": .item("profile.email"), "subject": .fixed(.constant("Hello")),
      ]
    )
    let outline = try Self.outline([main, helper])
    #expect(try Self.sources("flo", of: "each", in: outline) == [.flow("helper")])
    #expect(try Self.sources("mail", of: "each", in: outline) == [.item(path: "profile.email")])
    #expect(try Self.sources("subject", of: "each", in: outline) == [.constant("Hello")])
  }

  @Test func `a member that was dragged out of an object is told by the object and its path`()
    throws
  {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["event:object"])
    main.card(
      "accessor",
      "object:expand",
      ["object:object": .wire("start.event")],
      outputs: ["p/value"]
    )
    main.card("use", "string:lower", ["string": .wire("accessor.p/value")])
    let outline = try Self.outline([main])
    #expect(Self.shape(outline) == ["0 1 start", "0 2 use"])
    guard
      case .member(let source, _, nil)? = try Self.sources("string", of: "use", in: outline).first
    else {
      Issue.record("the member of an object is its source")
      return
    }
    #expect(source == .output(card: 1, "event", nil))
  }

  @Test func `the rows that a table card is about are told as conditions`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["user"])
    main.card(
      "search",
      "stash:searchRows2",
      [
        "Filter/Where Expression:object": .constant([
          "expr": [
            ["lhs": "user", "op": "=", "join": "OR", "rhd": ["outputId": "x"]],
            ["lhs": "age", "op": ">=", "join": "AND", "rhs": "5"],
            ["lhs": "note", "op": "!=", "rhs": ""],
          ]
        ]),
        "_expr/x": .wire("start.user"),
      ]
    )
    let outline = try Self.outline([main])
    let conditions = outline.cards[1].rowConditions
    #expect(conditions.map { "\($0.column) \($0.comparison)" } == ["user =", "age >=", "note !="])
    #expect(conditions.map(\.operand) == [[.output(card: 1, "user", nil)], [.constant("5")], []])
    #expect(conditions.map(\.isAlternativeNext) == [true, false, false])
    #expect(outline.cards[1].inputs.isEmpty)
  }

  @Test func `what find and filter ask of an item is a condition`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["users:object[]", "name"])
    main.card(
      "find",
      "list:findBy",
      [
        "list:object[]": .wire("start.users"), "path": .constant("profile.name"),
        "operator": .constant("!="), "comparison": .wire("start.name"),
      ]
    )
    let outline = try Self.outline([main])
    let condition = try #require(outline.cards[1].condition)
    #expect(condition.left == [.item(path: "profile.name")])
    #expect(condition.comparison == [.constant("!=")])
    #expect(condition.right == [.output(card: 1, "name", nil)])
    #expect(outline.cards[1].inputs.map { "\($0.field.name)" } == ["list"])
  }

  @Test func `a template stands with what is filled in, and empty fields are left out`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["a"])
    main.card(
      "text",
      "string:compose",
      [
        "_text_": .constant("Hi {{{x}}}, {{{y}}}{{{z}}}"), "x": .wire("start.a"),
        "y": .constant(""), "unused": .constant("u"),
      ],
      outputs: ["output"]
    )
    main.card(
      "other",
      "string:replace",
      [
        "text": .converted("text.output", by: "parse"), "patterns": .constant(""),
        "n:number": .constant(0),
      ]
    )
    let outline = try Self.outline([main])
    let card = outline.cards[1]
    #expect(card.inputs.isEmpty)
    let parts = try #require(card.template).map { part in
      switch part {
      case .literal(let text): "\(text)"
      case .slot(let sources): "\(sources.count)"
      }
    }
    #expect(parts == ["Hi ", "1", ", ", "0", "0"])
    #expect(outline.cards[2].inputs.map { "\($0.field.name)" } == ["text", "n"])
    #expect(
      try Self.sources("text", of: "other", in: outline) == [
        .output(card: 2, "output", PinTransform(conversion: .parse))
      ]
    )
  }

  @Test(
    arguments: [
      (["comments": ["title": "Why", "markdown": "Because"]], "Why\nBecause"),
      (["comments": ["markdown": "Because"]], "Because"),
      (["comments": "plain"], "plain"), (["comments": 7], nil), (["comments": ["title": 7]], nil),
      ([:], nil),
    ] as [(Object, String?)]
  )
  func `a comment is a note, and has no number`(_ model: Object, _ note: String?) throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("note", "control:comment", model: model)
    main.card("end", "control:noop2")
    let notes = note.map { ["0 # \($0)"] } ?? []
    #expect(try Self.shape(Self.outline([main])) == ["0 1 start"] + notes + ["0 2 end"])
  }
}
