import Flows
import Testing
import Values

/// One run of a card: what it is given, and what it must give or raise.
///
/// Fields are named `key` or `group/key`. Inputs have the declared type of `types`, or `any`.
struct CardCase: Sendable, CustomTestStringConvertible {
  let name: String
  let address: CardAddress
  let inputs: [(name: String, value: Value)]
  let types: [String: DeclaredType]
  let answers: [Value]
  let outputs: [(name: String, value: Value)]
  let error: CardErrorKind?

  /// A run that sets outputs.
  init(
    _ name: String,
    _ address: CardAddress,
    _ inputs: KeyValuePairs<String, Value>,
    types: [String: DeclaredType] = [:],
    answers: [Value] = [],
    gives outputs: KeyValuePairs<String, Value>
  ) {
    self.name = name
    self.address = address
    self.inputs = inputs.map { ($0.key, $0.value) }
    self.types = types
    self.answers = answers
    self.outputs = outputs.map { ($0.key, $0.value) }
    error = nil
  }

  /// A run that fails.
  init(
    _ name: String,
    _ address: CardAddress,
    _ inputs: KeyValuePairs<String, Value>,
    types: [String: DeclaredType] = [:],
    answers: [Value] = [],
    raises error: CardErrorKind
  ) {
    self.name = name
    self.address = address
    self.inputs = inputs.map { ($0.key, $0.value) }
    self.types = types
    self.answers = answers
    outputs = []
    self.error = error
  }

  var testDescription: String { "\(address): \(name)" }

  /// Runs the card and compares.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let card = try #require(CardTable.standard[address], sourceLocation: sourceLocation)
    do throws(CardError) {
      let values = try run(card)
      #expect(error == nil, "outputs \(values)", sourceLocation: sourceLocation)
      for (output, value) in zip(outputs, values) {
        #expect(value == output.value, "output \(output.name)", sourceLocation: sourceLocation)
      }
    } catch {
      #expect(
        error.kind == self.error,
        "\(error.message)",
        sourceLocation: sourceLocation
      )
    }
  }

  /// The outputs, in the order of the expected ones.
  func run(_ card: FunctionCard) throws(CardError) -> [Value] {
    let fields = inputs.map { CardField(name: Self.field($0.name), type: types[$0.name] ?? .any) }
    let signature = CardSignature(
      inputs: fields,
      outputs: outputs.map { CardField(name: Self.field($0.name), type: .any) }
    )
    var call = CardCall(
      signature: signature,
      inputs: zip(inputs, fields).map { Coercion.read($0.value, as: $1.type) }
    )
    if case .ambient(let function) = card.behaviour {
      var given: [Value] = []
      while try function.nextRequest(call, given) != nil {
        given.append(given.count < answers.count ? answers[given.count] : .null)
      }
      #expect(given == answers, "what the card asked for")
      try function.finish(&call, given)
    } else {
      try card.run(&call)
    }
    return call.outputs
  }

  private static func field(_ name: String) -> FieldName {
    let parts = name.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return FieldName(key: Text(name)) }
    return FieldName(group: Text(String(parts[0])), key: Text(String(parts[1])))
  }
}

extension Value {
  /// A text of UTF-16 units, which may be halves of characters.
  static func units(_ units: UInt16...) -> Value { .text(Text(utf16: units)) }

  /// A date in ISO 8601.
  static func date(_ iso: String) -> Value {
    Instant(iso8601: Text(iso)).map(Value.date) ?? .text(Text("no date: \(iso)"))
  }

  /// An unknown value.
  static let unanswered = Value.unknown(Unknown(requests: [7]))
}
