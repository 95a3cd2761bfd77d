/// The fields of one card in a flow, each side in the order in which the card reads them.
///
/// The order is that of the export's `metadata.index`; fields without an index come last, in file
/// order. Constructing cards build their results in this order. All runs of a card share one.
public final class CardSignature: Sendable {
  /// The inputs.
  public let inputs: [CardField]
  /// The outputs.
  public let outputs: [CardField]

  /// Makes a signature.
  public init(inputs: [CardField], outputs: [CardField]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}
