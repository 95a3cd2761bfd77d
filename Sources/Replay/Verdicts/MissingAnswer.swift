public import Values

/// A request that nobody has the answer to.
///
/// An entry for it in an answers file would answer it.
public struct MissingAnswer: Hashable, Sendable {
  /// The number by which unknown values name the request, from 0 within one comparison.
  public let number: Int
  /// The path of the step that asked.
  public let step: Text
  /// The request as recordings keep it.
  public let request: Value
  /// What kind of request it is.
  public let effectClass: EffectClass

  /// Makes a missing answer.
  public init(number: Int, step: Text, request: Value, effectClass: EffectClass) {
    self.number = number
    self.step = step
    self.request = request
    self.effectClass = effectClass
  }
}

extension MissingAnswer {
  /// The request in short: `okta:readUser`, or an ambient one's name.
  public var name: Text { request.requestName }

  /// The request, where it was made, and what would answer it.
  public var sentence: String {
    guard case .object(let object) = request, object["connector"] != nil else {
      return "no recording tells what \(name) gives at \(step)"
    }
    return "no answer to \(name) at \(step); --answers can give it"
  }

  /// The missing answer as JSON lines show it.
  public var value: Value {
    ["step": .text(step), "request": RecordedValue.encodeTree(request)]
  }
}

extension Value {
  /// The short name of a request: a connector and its method, or an ambient one's.
  var requestName: Text {
    guard case .object(let object) = self, case .text(let method)? = object["method"] else {
      return .empty
    }
    guard case .text(let connector)? = object["connector"] else { return method }
    return Text.joined([connector, method], separator: ":")
  }
}
