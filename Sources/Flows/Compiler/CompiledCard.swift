public import Values

/// A card in a program; steps refer to it for everything that is the same in all runs.
public final class CompiledCard: Sendable {
  /// The card's id, unique in its body.
  public let uuid: Text
  /// What the card is.
  public let kind: CardKind
  /// The name that authors see.
  public let name: Text
  /// The fields, without the arguments of a list card.
  public let signature: CardSignature
  /// The id of the top-level flow that the card stands in.
  public let flowID: Text
  /// The id of the body that the card stands in.
  public let bodyID: Text

  /// The address without its version, as recordings have it: `control:if`, `okta:readUser`.
  public let address: Text
  /// The names of the inputs, as recordings have them.
  public let inputNames: FieldNames
  /// The names of the outputs.
  public let outputNames: FieldNames

  /// Id, address and name in JSON.
  public let written: WrittenCard

  /// The number of the function card in the program, nil on a connector card.
  let function: Int?
  let inputs: [InputSource]
  let reads: [InputRead]
  let firstSlot: Int
  let isComment: Bool
  let structure: CardStructure
  let policy: CompiledPolicy
  /// Whether a connector's outputs end the card's step, with nothing to be done but to keep them.
  let endsWithOutputs: Bool
  /// The constants that hold secrets; nil on nearly all cards.
  let secrets: CardSecrets?
  let retry: RetryPolicy
  /// For each output, the input of the same name; what mirroring cards copy.
  let mirror: [Int?]
  /// For each input of a head, the output of the same name, which the engine fills.
  let headOutputs: [Int?]

  init(
    card: Card,
    flowID: Text,
    bodyID: Text,
    signature: CardSignature,
    function: Int?,
    inputs: [InputSource],
    firstSlot: Int,
    structure: CardStructure,
    policy: CompiledPolicy,
    secrets: CardSecrets? = nil
  ) {
    uuid = card.uuid
    kind = card.kind
    name = card.name
    address = Text(card.kind.description)
    written = WrittenCard(uuid: uuid, address: address, name: name)
    inputNames = FieldNames(signature.inputs)
    outputNames = FieldNames(signature.outputs)
    self.flowID = flowID
    self.bodyID = bodyID
    self.signature = signature
    self.function = function
    self.inputs = inputs
    reads = inputs.map(\.read)
    self.firstSlot = firstSlot
    isComment = card.isComment
    self.structure = structure
    endsWithOutputs =
      if case .connector(let plan) = structure {
        plan.stream == nil && plan.method != .close
      } else {
        false
      }
    self.policy = policy
    self.secrets = secrets
    retry = card.retry
    mirror = signature.outputs.map { output in
      signature.inputs.firstIndex { $0.name == output.name }
    }
    headOutputs =
      if case .head = structure {
        signature.inputs.map { input in
          signature.outputs.firstIndex { $0.name == input.name }
        }
      } else {
        []
      }
  }
}

extension CompiledCard {
  /// The place of the input with a name.
  func input(_ name: FieldName) -> Int? {
    signature.inputs.firstIndex { $0.name == name }
  }

  /// The place of the output with a name.
  func output(_ name: FieldName) -> Int? {
    signature.outputs.firstIndex { $0.name == name }
  }

  /// How a connector card asks.
  var plan: ConnectorPlan {
    guard case .connector(let plan) = structure else {
      preconditionFailure("Only a connector card asks a service.")
    }
    return plan
  }

  var slots: Range<Int> { firstSlot..<(firstSlot + signature.outputs.count) }
}
