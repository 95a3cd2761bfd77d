public import Values

/// Which function card a card is: its module and function, such as `control:if`.
///
/// Exports write `root:kernel:control:0.0.1:if`; the version is the same in all of them and has no
/// meaning at run time.
public struct CardAddress: Hashable, Sendable {
  /// The module, such as `control`.
  public let module: Text
  /// The function, such as `if`.
  public let function: Text

  /// Makes the address of a function card.
  public init(module: Text, function: Text) {
    self.module = module
    self.function = function
  }

  /// Makes the address that an export writes as `root:kernel:MODULE:VERSION:FUNCTION`, or nil for
  /// any other address.
  public init?(exported address: Text) {
    let parts = address.bytes.split(separator: Self.colon, omittingEmptySubsequences: false)
    guard parts.count == 5, Text(wtf8: Array(parts[0])) == "root",
      Text(wtf8: Array(parts[1])) == "kernel", !parts[2].isEmpty, !parts[4].isEmpty
    else { return nil }
    self.init(module: Text(wtf8: Array(parts[2])), function: Text(wtf8: Array(parts[4])))
  }

  private static let colon = UInt8(ascii: ":")
}

extension CardAddress: CustomStringConvertible {
  /// The address as `module:function`.
  public var description: String { "\(module):\(function)" }
}

extension CardAddress: ExpressibleByStringLiteral {
  /// Makes an address of a literal `module:function`.
  public init(stringLiteral value: String) {
    let parts = value.split(separator: ":", maxSplits: 1)
    self.init(
      module: Text(parts.first.map(String.init) ?? ""),
      function: Text(parts.count == 2 ? String(parts[1]) : "")
    )
  }
}
