import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct AlignmentTests {
  private static func alignment(
    _ old: [FlowBuilder],
    _ new: [FlowBuilder],
    map: [CardMapping] = []
  ) throws -> Alignment {
    Alignment(
      old: try RunInMemory.program(old).closure,
      new: try RunInMemory.program(new).closure,
      map: map
    )
  }

  private static func chain(_ names: [String]) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["x"])
    var source = "start.x"
    for name in names {
      main.card(name, "string:trim", ["string": .wire(source)], outputs: ["output"])
      source = "\(name).output"
    }
    return [main]
  }

  private static func pairs(_ alignment: Alignment) -> [String] {
    alignment.matches.map { "\($0.old.uuid)=\($0.new.uuid)" }
  }

  @Test func `a chain of re-created cards is aligned in order`() throws {
    let alignment = try Self.alignment(Self.chain(["a", "b", "c"]), Self.chain(["x", "y", "z"]))
    #expect(Self.pairs(alignment) == ["start=start", "a=x", "b=y", "c=z"])
    #expect(alignment.matches.allSatisfy { !$0.isEdited && !$0.isRewired && !$0.isMoved })
  }

  @Test func `a card between others rewires the next one only`() throws {
    let alignment = try Self.alignment(Self.chain(["a", "b"]), Self.chain(["a", "new", "b"]))
    #expect(alignment.added.map(\.uuid) == ["new"])
    #expect(alignment.matches.filter(\.isRewired).map(\.new.uuid) == ["b"])
    #expect(alignment.matches.filter(\.isEdited) == [])
  }

  @Test func `a given pair comes before all others`() throws {
    let mapping = try #require(CardMapping(parsing: "a=main/y"))
    let alignment = try Self.alignment(
      Self.chain(["a", "b"]),
      Self.chain(["x", "y"]),
      map: [mapping]
    )
    #expect(Self.pairs(alignment).contains("a=y"))
    #expect(alignment.match(old: CardID(flowID: "main", uuid: "a"))?.origin == .given)
    let unused = try Self.alignment(
      Self.chain(["a"]),
      Self.chain(["a"]),
      map: [try #require(CardMapping(parsing: "no=such"))]
    )
    #expect(unused.unusedMappings.count == 1)
  }

  @Test(arguments: ["", "a", "a=", "=b", "a=b=c", "a/b/c=d"])
  func `a mapping of another form is refused`(_ text: String) {
    #expect(CardMapping(parsing: Text(text)) == nil)
  }

  @Test func `an Assign between two cards is followed`() throws {
    func flow(_ assigning: Bool, _ name: String) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["x"])
      if assigning { main.card("let", "control:let", ["v": .wire("start.x")], outputs: ["v"]) }
      main.card(
        name,
        "string:trim",
        ["string": .wire(assigning ? "let.v" : "start.x")],
        outputs: ["output"]
      )
      return [main]
    }
    let alignment = try Self.alignment(flow(false, "a"), flow(true, "b"))
    #expect(Self.pairs(alignment) == ["start=start", "a=b"])
    #expect(alignment.added.map(\.uuid) == ["let"])
  }

  @Test func `cards that changed places are moved, and only the fewest`() throws {
    func flow(_ names: [String]) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      for name in names {
        main.card(name, "string:trim", ["string": .constant(.text(Text(name)))])
      }
      return [main]
    }
    let alignment = try Self.alignment(flow(["a", "b", "c", "d"]), flow(["d", "a", "b", "c"]))
    #expect(alignment.matches.filter(\.isMoved).map(\.new.uuid) == ["d"])
  }
}
