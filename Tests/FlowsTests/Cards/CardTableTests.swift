import Flows
import Testing
import Values

@Suite struct CardTableTests {
  @Test func `an adjusted card gives the adjusted result`() throws {
    var table = CardTable.standard
    table["list:length"]?.adjustment = { outputs, _ in outputs[0] = 42 }
    var call = CardCall(
      signature: CardSignature(
        inputs: [CardField(name: "list", type: .list(.any))],
        outputs: [CardField(name: "length", type: .number)]
      ),
      inputs: [[1, 2]]
    )
    try table["list:length"]?.run(&call)
    #expect(call.outputs == [42])
  }

  @Test(arguments: [
    ("root:kernel:control:0.0.1:if", "control:if"), ("root:kernel:list:0.0.1:at", "list:at"),
  ])
  func `the address of an export names a card`(_ exported: String, _ short: String) {
    let address = CardAddress(exported: Text(exported))
    #expect(address?.description == short)
    #expect(address.flatMap { CardTable.standard[$0] } != nil)
  }

  @Test(arguments: ["root:channels:http:okta:1.0.0:readUser", "root:kernel:if", "", "a:b:c:d:e"])
  func `other addresses name no function card`(_ exported: String) {
    #expect(CardAddress(exported: Text(exported)) == nil)
  }

  @Test func `an input that a card does not have is null, and an output is ignored`() {
    var call = CardCall(signature: CardSignature(inputs: [], outputs: []), inputs: [])
    #expect(call.input("missing") == .null)
    call.set("missing", to: 1)
    #expect(call.outputs.isEmpty)
  }

  @Test func `unknown inputs name every request that they need`() throws {
    let card = try #require(CardTable.standard["string:concat"])
    let inputs: [Value] = [
      .unknown(Unknown(requests: [3])), ["a": [.unknown(Unknown(requests: [1]))]], "known",
    ]
    #expect(card.blockingUnknown(in: inputs) == Unknown(requests: [1, 3]))
    #expect(card.blockingUnknown(in: ["known"]) == nil)
  }

  @Test(arguments: ["Parse Error", "Invalid Input", "Not Found", "OAuth Refresh Error"])
  func `an error kind keeps its name`(_ name: String) {
    #expect(CardErrorKind(name: Text(name)).name == Text(name))
  }

  @Test func `an error's description does not quote its message`() {
    let error = CardError(kind: .parseError, message: "secret")
    #expect(!error.description.contains("secret"))
    #expect(error.statusCode == 500)
  }

  @Test func `a zone answer survives its recorded form`() {
    let answer = ZoneAnswer(offsetSeconds: -12_600, abbreviation: "NST")
    #expect(ZoneAnswer(answer.value) == answer)
    #expect(ZoneAnswer(["offset": 1e300, "abbreviation": "X", "known": true]) == nil)
    #expect(ZoneAnswer("PDT") == nil)
  }
}
