import Flows
import TestSupport
import Values

/// A small flow that runs one function card, so that a wrong result of it can be injected.
struct CardSample: Sendable {
  let address: String
  let flows: @Sendable () -> [FlowBuilder]
  /// The path of the step that runs the card.
  let path: Text
  let trigger: Trigger

  /// A flow of a head, the card and a card behind it.
  init(
    _ address: String,
    _ inputs: @autoclosure @escaping @Sendable () -> KeyValuePairs<String, FlowInput> = [:],
    outputs: [String] = ["output:any"],
    policy: Value = ["type": "finish"],
    calling helpers: @autoclosure @escaping @Sendable () -> [FlowBuilder] = []
  ) {
    self.address = address
    path = "card"
    trigger = .manual
    flows = {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card("card", Self.exported(address), inputs(), outputs: outputs, policy: policy)
      main.card("after", "control:noop")
      return [main] + helpers()
    }
  }

  /// A flow of its own.
  init(
    _ address: String,
    at path: Text,
    trigger: Trigger = .manual,
    flows: @escaping @Sendable () -> [FlowBuilder]
  ) {
    self.address = address
    self.path = path
    self.trigger = trigger
    self.flows = flows
  }

  private static func exported(_ address: String) -> String {
    let parts = address.split(separator: ":")
    return "root:kernel:\(parts[0]):0.0.1:\(parts[1])"
  }

  /// A helper that returns its input.
  static var helper: FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a"])
    helper.card("end", "control:return", ["a": .wire("start.a")], outputs: ["a"])
    return helper
  }

  private static func body(_ id: String) -> FlowBuilder {
    var body = FlowBuilder(id)
    body.card("\(id)-start", "control:callable")
    body.card("\(id)-end", "control:return", ["output": .constant("x")], outputs: ["output"])
    return body
  }

  private static func head(_ address: String, _ trigger: Trigger, _ output: String) -> CardSample {
    CardSample(address, at: "start", trigger: trigger) {
      var main = FlowBuilder("main")
      main.card("start", address, outputs: [output])
      main.card("after", "control:noop")
      return [main]
    }
  }
}

extension CardSample {
  private static var day: FlowInput { .constant("2026-03-05T10:00:00.000Z") }

  static let control: [CardSample] = [
    head("control:callable", .call(arguments: ["x": "1"]), "x"),
    head("http:accept", .http(HTTPRequest(body: "{\"x\":\"1\"}")), "body/x"),
    head("http:delegated", .delegated(inputs: ["x": "1"], user: nil), "delegated/x"),
    CardSample("control:noop", ["v": .constant("1")], outputs: ["v"]),
    CardSample("control:let", ["v": .constant("1")], outputs: ["v"]),
    CardSample("control:if", at: "if", flows: { [arms] }),
    CardSample("control:join", at: "if-join", flows: { [arms] }),
    CardSample(
      "control:continueIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"), "otherwise/message": .constant("m"),
      ],
      outputs: ["message"]
    ),
    CardSample(
      "control:throwIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("b"), "message": .constant("m"),
      ],
      outputs: ["message"]
    ),
    CardSample("control:return", ["v": .constant("1")], outputs: ["v"]),
    CardSample("control:returnRaw", ["body": .constant("1")], outputs: ["body"]),
    CardSample(
      "control:assignIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"), "valueIfTrue": .constant("1"),
        "valueIfFalse": .constant("2"),
      ]
    ),
    CardSample(
      "control:lookup",
      ["key": .constant("a"), "options/a": .constant("1"), "else": .constant("2")],
      outputs: ["result"]
    ),
    CardSample(
      "control:branch",
      [
        "if/left-operand": .constant("a"), "if/operator": .constant("=="),
        "if/right-operand": .constant("a"), "if/flo:flo": .inline(body("first")),
        "else/flo:flo": .inline(body("second")),
      ]
    ),
    CardSample(
      "control:tryCatch",
      ["flo:flo": .inline(body("try"))],
      policy: ["type": "handler", "flo": body("handler").body, "merge": "join"]
    ),
    CardSample(
      "control:spawn",
      ["flo:flo": .flow("helper"), "a": .constant("1")],
      outputs: ["a"],
      calling: [helper]
    ),
    CardSample(
      "control:run",
      ["flo:flo": .flow("helper"), "a": .constant("1")],
      outputs: ["a"],
      calling: [helper]
    ),
    CardSample(
      "control:times",
      ["count:number": .constant(2), "flo:flo": .flow("helper")],
      calling: [helper]
    ),
    CardSample(
      "control:wait",
      ["delay:number": .constant(2), "unit": .constant("minute")],
      outputs: ["unit"]
    ),
    CardSample("control:until", ["date:Date": day], outputs: ["x"]),
  ]

  private static var arms: FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.ifElse(
      "if",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"),
      ],
      joined: [("picked", "one.v", "two.v")],
      whenTrue: { $0.card("one", "control:let", ["v": .constant("1")], outputs: ["v"]) },
      whenFalse: { $0.card("two", "control:let", ["v": .constant("2")], outputs: ["v"]) }
    )
    main.card("after", "control:noop")
    return main
  }

  private static func loop(_ address: String, _ list: Value, output: String) -> CardSample {
    CardSample(
      address,
      ["list:object[]": .constant(list), "flo:flo": .flow("helper"), "a": .item("a")],
      outputs: [output],
      calling: [helper]
    )
  }

  static let lists: [CardSample] = [
    loop("list:each", [["a": "1"], ["a": "2"]], output: "output"),
    loop("list:asyncEach", [["a": "1"]], output: "output"),
    loop("list:map", [["a": "1"]], output: "new list[]"),
    loop("list:filter", [["a": "true"]], output: "list:object[]"),
    loop("list:reduce", [["a": "1"]], output: "item"),
    CardSample("list:construct", ["a": .custom(.constant("1"))], outputs: ["list[]"]),
    CardSample(
      "list:at",
      ["list[]": .constant(["a"]), "index:number": .constant(0)],
      outputs: ["item"]
    ),
    CardSample("list:length", ["list[]": .constant(["a"])], outputs: ["length:number"]),
    CardSample(
      "list:pluck",
      ["list:object[]": .constant([["k": "1"]]), "key": .constant("k")],
      outputs: ["values[]"]
    ),
    CardSample(
      "list:join",
      ["list[]": .constant(["a", "b"]), "delimiter": .constant("-")],
      outputs: ["string"]
    ),
    CardSample("list:shift", ["list[]": .constant(["a"])], outputs: ["item", "list[]"]),
    CardSample("list:pop", ["list[]": .constant(["a"])], outputs: ["item", "list[]"]),
    CardSample(
      "list:push",
      ["list[]": .constant(["a"]), "item": .constant("b")],
      outputs: ["list[]"]
    ),
    CardSample("list:flatten", ["lists:any[]": .constant([["a"]])], outputs: ["list[]"]),
    CardSample("list:collapse", ["list:object[]": .constant([["a": "1"]])]),
    CardSample(
      "list:sample",
      ["list[]": .constant(["a", "b"]), "amount:number": .constant(1)],
      outputs: ["samples[]"]
    ),
    CardSample(
      "list:findBy",
      [
        "list:object[]": .constant([["k": "1"]]), "path": .constant("k"),
        "operator": .constant("=="), "comparison": .constant("1"),
      ],
      outputs: ["item:object", "index:number"]
    ),
    CardSample(
      "list:filterBy",
      [
        "list:object[]": .constant([["k": "1"]]), "path": .constant("k"),
        "operator": .constant("=="), "comparison": .constant("1"),
      ],
      outputs: ["list:object[]"]
    ),
    CardSample(
      "list:includes",
      ["list[]": .constant(["a"]), "value": .constant("a")],
      outputs: ["result:boolean"]
    ),
    CardSample(
      "list:sortBy",
      ["list:object[]": .constant([["k": "1"]]), "path": .constant("k")],
      outputs: ["sorted list:object[]"]
    ),
    CardSample(
      "list:uniqueBy",
      ["list:object[]": .constant([["k": "1"]]), "path": .constant("k")],
      outputs: ["unique list:object[]"]
    ),
    CardSample("list:union", ["a[]": .custom(.constant(["1"]))], outputs: ["union[]"]),
    CardSample("list:intersection", ["a[]": .custom(.constant(["1"]))], outputs: ["list[]"]),
    CardSample("list:difference", ["a[]": .custom(.constant(["1"]))], outputs: ["list[]"]),
  ]

  static let objects: [CardSample] = [
    CardSample(
      "object:map",
      [
        "object:object": .constant(["k": "v"]), "flo:flo": .flow("helper"),
        "a": .item("value"),
      ],
      outputs: ["list[]"],
      calling: [helper]
    ),
    CardSample(
      "utility:exportFlo",
      ["flo:flo": .flow("helper"), "pretty:boolean": .constant(true)],
      outputs: ["output:file"],
      calling: [helper]
    ),
    CardSample("object:construct", ["a": .custom(.constant("1"))]),
    CardSample("object:merge", ["a:object": .custom(.constant(["k": "v"]))]),
    CardSample("object:pick", ["object:object": .constant(["k": "v"])], outputs: ["k"]),
    CardSample("object:expand", ["object:object": .constant(["k": "v"])], outputs: ["p/value"]),
    CardSample("object:get", ["object:object": .constant(["k": "v"]), "path": .constant("k")]),
    CardSample("object:keys", ["object:object": .constant(["k": "v"])], outputs: ["keys[]"]),
    CardSample("object:values", ["object:object": .constant(["k": "v"])], outputs: ["values[]"]),
    CardSample(
      "object:set",
      [
        "object:object": .constant(["k": "v"]), "path": .constant("k"),
        "value": .constant("w"),
      ]
    ),
    CardSample("object:clearEmpty", ["object:object": .constant(["k": "v"])]),
    CardSample("json:parse", ["string": .constant("{}")]),
    CardSample("json:stringify", ["object:object": .constant(["k": "v"])]),
    CardSample(
      "boolean:compare",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"),
      ],
      outputs: ["result:boolean"]
    ),
    CardSample("boolean:and", ["a:boolean": .custom(.constant(true))]),
    CardSample("boolean:or", ["a:boolean": .custom(.constant(true))]),
    CardSample("boolean:xor", ["a:boolean": .custom(.constant(true))]),
    CardSample("math:add", ["a:number": .constant(1), "b:number": .constant(2)]),
    CardSample("math:subtract", ["a:number": .constant(1), "b:number": .constant(2)]),
    CardSample("math:multiply", ["a:number": .constant(1), "b:number": .constant(2)]),
    CardSample("math:divide", ["a:number": .constant(1), "b:number": .constant(2)]),
    CardSample("math:ceil", ["a:number": .constant(1.5)]),
    CardSample("math:round", ["a:number": .constant(1.5)]),
    CardSample("math:random", ["a:number": .constant(1), "b:number": .constant(9)]),
    CardSample("math:expression", ["_text_": .constant("1 + 2")]),
  ]

  static let texts: [CardSample] = [
    CardSample("string:compose", ["_text_": .constant("a")]),
    CardSample("string:concat", ["a": .custom(.constant("1"))]),
    CardSample("string:split", ["string": .constant("a,b"), "delimiter": .constant(",")]),
    CardSample("string:substr", ["string": .constant("abc"), "start:number": .constant(1)]),
    CardSample("string:toLowerCase", ["string": .constant("A")]),
    CardSample("string:trim", ["string": .constant(" a")]),
    CardSample("string:length", ["string": .constant("a")], outputs: ["length:number"]),
    CardSample("string:find", ["string": .constant("a"), "substr": .constant("a")]),
    CardSample("string:lastIndexOf", ["string": .constant("a"), "substr": .constant("a")]),
    CardSample(
      "string:match",
      ["string": .constant("ab1"), "target": .constant("[0-9]")],
      outputs: ["output:number"]
    ),
    CardSample(
      "string:replace",
      ["string": .constant("a-b"), "src": .constant("-"), "dest": .constant("+")]
    ),
    CardSample(
      "string:replaceAny",
      ["text": .constant("äb"), "patterns/p1": .constant("ä|á"), "replacement": .constant("a")]
    ),
    CardSample("string:email", ["string": .constant("<ada@example.com>")], outputs: ["email"]),
    CardSample("string:base64", ["string": .constant("a")]),
    CardSample("string:base64Decode", ["string": .constant("YQ==")]),
    CardSample("string:random", ["length:number": .constant(3)]),
    CardSample("url:encodeComponent", ["string": .constant("a b")]),
    CardSample(
      "crypto:hmac",
      ["algorithm": .constant("sha256"), "key": .constant("k"), "data": .constant("d")]
    ),
    CardSample(
      "jwt:sign",
      [
        "key": .constant("k"), "options/algorithm": .constant("HS256"),
        "payload/name": .constant("Ada"),
      ],
      outputs: ["token"]
    ),
    CardSample("date:now", outputs: ["date:Date", "iso"]),
    CardSample(
      "date:add",
      [
        "start:Date": day, "scale:number": .constant(1),
        "unit": .constant("days"),
      ]
    ),
    CardSample(
      "date:subtract",
      [
        "start:Date": day, "scale:number": .constant(1),
        "unit": .constant("days"),
      ]
    ),
    CardSample("date:diff", ["start:Date": day, "end:Date": day], outputs: ["days:number"]),
    CardSample("date:unix", ["start:Date": day]),
    CardSample("date:epoch", ["start:Date": day]),
    CardSample("date:parse", ["start": day]),
    CardSample("date:format", ["start:Date": day, "format": .constant("YYYY")]),
    CardSample(
      "date:fromISO",
      ["start:Date": day, "zone": .constant("Europe/Vienna")],
      outputs: ["iso"]
    ),
  ]

  static let all = control + lists + objects + texts + documented
}

extension CardSample: CustomStringConvertible {
  var description: String { address }
}
