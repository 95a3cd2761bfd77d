import TestSupport
import Values

/// Flows that the tests of cards call for items and pages.
enum CalledFlows {
  /// A flow that returns its input `a`.
  static var plain: FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card("start", "control:callable", outputs: ["a:any", "b:any"])
    flow.card("end", "control:return", ["a:any": .wire("start.a")], outputs: ["a:any"])
    return flow
  }

  /// A flow that stops at the item `stop`, fails at `fail` and returns any other.
  static var picky: FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card("start", "control:callable", outputs: ["a:any"])
    flow.card(
      "stop",
      "control:continueIf",
      [
        "left-operand": .wire("start.a"), "operator": .constant("!="),
        "right-operand": .constant("stop"),
      ]
    )
    flow.card(
      "fail",
      "control:throwIf",
      [
        "left-operand": .wire("start.a"), "operator": .constant("=="),
        "right-operand": .constant("fail"), "message": .constant("no"),
      ]
    )
    flow.card("end", "control:return", ["a": .wire("start.a")], outputs: ["a"])
    return flow
  }

  /// A flow that asks for what it returns, which nobody knows.
  static var asking: FlowBuilder {
    var flow = FlowBuilder("helper")
    flow.card("start", "control:callable", outputs: ["a:any"])
    flow.card("ask", "okta:readUser", outputs: ["u:any"])
    flow.card("end", "control:return", ["u": .wire("ask.u")], outputs: ["u:any"])
    return flow
  }
}
