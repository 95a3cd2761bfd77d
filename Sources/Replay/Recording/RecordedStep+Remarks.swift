internal import Flows
public import Values

extension RecordedStep {
  /// What a reader should know of the step, as sentences: that a zone it asked for does not exist, or
  /// that nobody knows whether a request was done.
  public var remarks: [String] {
    requests.compactMap { asked in
      if asked.isInDoubt {
        return "In doubt: the request went out, and no answer says whether it was done."
      }
      guard case .object(let request) = asked.request, request["connector"] == nil,
        request["method"] == .text("zone"), case .object(let inputs)? = request["inputs"],
        case .text(let name)? = inputs["name"], case .value(let answer)? = asked.answer,
        let zone = ZoneAnswer(answer), !zone.isKnown
      else { return nil }
      return Self.remark(onUnknownZone: name)
    }
  }

  /// What to say of a zone that does not exist.
  public static func remark(onUnknownZone name: Text) -> String {
    "There is no zone \(name); it was taken as UTC."
  }
}
