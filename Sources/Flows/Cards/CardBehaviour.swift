/// How a function card does its work.
public enum CardBehaviour: Sendable {
  /// The outputs follow from the inputs.
  case pure(@Sendable (inout CardCall) throws(CardError) -> Void)
  /// The outputs follow from the inputs and from answers of the surroundings.
  case ambient(AmbientFunction)
  /// The interpreter carries the card out.
  case control(ControlKind)
}
