import TestSupport
import Values

extension CardSample {
  /// The cards that no public export holds.
  static let documented: [CardSample] =
    numbers + calling + secrets + [
      CardSample("string:at", text("abc", 1)), CardSample("string:charAt", text("abc", 1)),
      CardSample("string:toUpperCase", ["string": .constant("a")]), CardSample("string:uuid"),
      CardSample("date:iso", moment), CardSample("date:toISO", moment),
      CardSample("date:toISOString", moment),
      CardSample("control:toNumber", ["value": .constant("1")]),
      CardSample("object:filter", ["object:object": .constant(["a": 1, "b": ""])]),
      CardSample(
        "object:move",
        [
          "object:object": .constant(["a": 1]), "source": .constant("a"),
          "destination": .constant("b"),
        ]
      ),
      CardSample("object:unset", ["object:object": .constant(["a": 1]), "path": .constant("a")]),
      CardSample("object:size", ["object:object": .constant(["a": 1])]),
      CardSample("object:length", ["object:object": .constant(["a": 1])]),
      CardSample("object:split", ["object:object": .constant(["a": 1])]),
      CardSample("object:collapse", ["list:object[]": .constant([["key": "a", "value": 1]])]),
      CardSample("object:zip", ["keys[]": .constant(["a"]), "values[]": .constant(["1"])]),
      CardSample("object:unzip", ["object:object": .constant(["a": 1])]),
      CardSample("list:unshift", ["list[]": .constant(["a"]), "item": .constant("b")]),
      CardSample("list:concat", ["a[]": .constant(["a"]), "b[]": .constant(["b"])]),
      CardSample("list:reverse", ["list[]": .constant(["a", "b"])]),
      CardSample("list:groupBy", keyed), CardSample("list:indexBy", keyed),
      CardSample(
        "list:split",
        ["list[]": .constant(["a", "b"]), "position:number": .constant(1)]
      ),
      CardSample("boolean:not", ["a:boolean": .constant(true)]),
      CardSample("url:decodeComponent", ["string": .constant("a%20b")]),
      CardSample("url:encode", ["object:object": .constant(["a": "b c"])]),
      CardSample("url:decode", ["string": .constant("a=b%20c")]),
      CardSample("url:parse", ["url": .constant("http://a.b/c")], outputs: ["protocol"]),
      CardSample("url:format", ["host": .constant("a.b")], outputs: ["url"]),
      CardSample("xml:parse", ["xml": .constant("<a/>")]),
      CardSample("xml:build", ["object:object": .constant(["a": 1])]),
      CardSample("control:pause", ["question": .constant("1")], outputs: ["reply"]),
      CardSample(
        "control:pauseRaw",
        ["statusCode:number": .constant(200), "body": .constant("1")],
        outputs: ["body"]
      ),
    ]

  /// The cards that hash, encrypt and read tokens.
  private static let secrets: [CardSample] =
    ["crypto:md5", "crypto:sha1", "crypto:sha256"].map {
      CardSample($0, ["data": .constant("a")])
    } + [
      CardSample(
        "crypto:hash",
        ["algorithm": .constant("md5"), "data": .constant("a"), "digest": .constant("hex")]
      ),
      CardSample("crypto:aes", encrypted("a")), CardSample("crypto:cipher", encrypted("a")),
      CardSample("crypto:decipher", encrypted("RTOnd5dSDvH8TXF/fiHQ7JuLuxxCpk4nAAfzg/1rHTY=")),
      CardSample(
        "crypto:sign",
        [
          "algorithm": .constant("sha256"), "data": .constant("a"), "digest": .constant("hex"),
          "privateKey/key": .constant(.text(Text(TestKey.rsa))),
        ]
      ),
      CardSample("jwt:decode", ["token": token], outputs: ["payload:object"]),
      CardSample(
        "jwt:verify",
        ["token": token, "key": .constant("secret")],
        outputs: ["decoded:object"]
      ),
    ]

  private static func encrypted(_ data: Text) -> KeyValuePairs<String, FlowInput> {
    [
      "algorithm": .constant("aes-128-cbc"), "key": .constant("my secret key"),
      "data": .constant(.text(data)),
    ]
  }

  /// A token that holds from 2020 on.
  private static var token: FlowInput {
    .constant(
      """
      eyJhbGciOiJIUzI1NiJ9.eyJuYmYiOjE2MDAwMDAwMDB9.oxvWK4gWCQ4UrZdmUfXN-R6EmsXqYyOldUoInR8all4
      """
    )
  }

  /// The cards that call a flow.
  private static let calling: [CardSample] =
    [
      ("list:find", "item:object"), ("list:unique", "list:object[]"),
      ("list:sort", "list:object[]"),
    ].map { address, output in
      CardSample(
        address,
        [
          "list:object[]": .constant([["a": "true"], ["a": "false"]]), "flo:flo": .flow("helper"),
          "a": .item("a"),
        ],
        outputs: [output],
        calling: [helper]
      )
    } + [
      CardSample(
        "object:each",
        [
          "object:object": .constant(["k": "v"]), "flo:flo": .flow("helper"), "a": .item("value"),
        ],
        calling: [helper]
      ),
      CardSample(
        "object:process",
        ["object:object": .constant(["k": "v"]), "flo:flo": .flow("pair")],
        calling: [pair]
      ),
      CardSample(
        "http:paginate",
        [
          "object:object": .constant(["key": "k", "value": "v"]), "path": .constant("break"),
          "flo:flo": .flow("pair"),
        ],
        calling: [pair]
      ),
    ]

  /// A helper that returns its key and value.
  private static var pair: FlowBuilder {
    var pair = FlowBuilder("pair")
    pair.card("start", "control:callable", outputs: ["key", "value"])
    pair.card(
      "end",
      "control:return",
      ["key": .wire("start.key"), "value": .wire("start.value")],
      outputs: ["key", "value"]
    )
    return pair
  }

  private static let numbers: [CardSample] =
    [
      "math:abs", "math:exp", "math:factorial", "math:floor", "math:inc", "math:increment",
      "math:log", "math:sign", "math:sqrt", "math:toFixed",
    ].map { CardSample($0, ["a:number": .constant(4)]) }
    + [
      "math:larger", "math:max", "math:min", "math:mod", "math:modulo", "math:percentage",
      "math:pow", "math:power", "math:remainder", "math:smaller",
    ].map { CardSample($0, ["a:number": .constant(4), "b:number": .constant(3)]) }

  private static var moment: KeyValuePairs<String, FlowInput> {
    ["date:Date": .constant("2026-03-05T10:00:00.000Z")]
  }

  private static var keyed: KeyValuePairs<String, FlowInput> {
    ["list:object[]": .constant([["k": "a"]]), "path": .constant("k")]
  }

  private static func text(_ text: Text, _ place: Double) -> KeyValuePairs<String, FlowInput> {
    ["string": .constant(.text(text)), "index:number": .constant(.number(place))]
  }
}
