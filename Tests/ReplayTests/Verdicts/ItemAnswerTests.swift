import Flows
import Replay
import TestSupport
import Testing
import Values

/// Items of a loop keep their answers, wherever they come.
@Suite struct ItemAnswerTests {
  /// Looks each user up if `asks`, writes to them, and goes on if that was taken.
  private static func flows(_ users: Value, asks: Bool) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:each",
      ["list[]": .constant(users), "flo:flo": .flow("helper"), "user": .item("")]
    )
    var helper = FlowBuilder("helper")
    helper.card("helper-start", "control:callable", outputs: ["user"])
    if asks {
      helper.card(
        "ask",
        "okta:readUser",
        ["User/id": .wire("helper-start.user")],
        outputs: ["name"]
      )
    }
    helper.card(
      "post",
      "slack:sendMessage",
      ["User/name": .wire(asks ? "ask.name" : "helper-start.user")],
      outputs: ["taken"]
    )
    helper.card(
      "if",
      "control:continueIf",
      [
        "left-operand": .wire("post.taken"), "operator": .constant("=="),
        "right-operand": .constant("yes"),
      ]
    )
    helper.card("mark", "okta:updateUser", ["User/id": .wire("helper-start.user")])
    return [main, helper]
  }

  private static func diff(
    _ old: Value,
    _ new: Value,
    asks: Bool = true
  ) throws -> DiffResult {
    try Versions(flows(old, asks: asks), flows(new, asks: asks)) { request in
      guard case .object(let value) = request.recordedValue,
        case .object(let inputs)? = value["inputs"]
      else { return RunInMemory.done }
      switch request.path.cardOfStep {
      case "ask": return .gives(["name": inputs["User/id"] ?? .null])
      case "post": return .gives(["taken": "yes"])
      default: return RunInMemory.done
      }
    }.diff()
  }

  @Test func `items in another order ask what they asked, in another order`() throws {
    let result = try Self.diff(["a", "b"], ["b", "a"])
    #expect(result.verdict == .changed)
    #expect(Set(result.changes.map(\.kind)) == [.reordered])
    #expect(result.missing == [])
  }

  @Test func `an item before the others is all that is new`() throws {
    let result = try Self.diff(["a", "b"], ["c", "a", "b"], asks: false)
    #expect(result.changes.map { "\($0.kind) \($0.step)" } == ["new loop[0]/post"])
    #expect(result.missing.map(\.step) == ["loop[0]/post"])
  }

  @Test func `an item that is gone is all that is missing`() throws {
    let result = try Self.diff(["a", "b"], ["b"])
    #expect(
      result.changes.map { "\($0.kind) \($0.step)" } == [
        "missing loop[0]/ask", "missing loop[0]/post", "missing loop[0]/mark",
      ]
    )
    #expect(result.missing == [])
  }

  @Test func `two items that ask alike share the answers that there are`() throws {
    // The lookup is answered as often as it is asked, the message once.
    let result = try Self.diff(["a"], ["a", "a"])
    #expect(result.missing.map(\.step) == ["loop[1]/post"])
    #expect(result.changes.map(\.kind).allSatisfy { $0 == .new })
    #expect(result.assumptions.contains { $0.step == "loop[1]/post" })
  }
}
