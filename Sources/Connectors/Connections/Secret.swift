/// A credential, which neither prints nor encodes itself.
public struct Secret: Sendable {
  /// The credential, for the place where it goes out.
  let revealed: String

  init(_ text: String) {
    revealed = text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// That there is one, and nothing of it.
  public var description: String { "[secret]" }
  /// As `description`.
  public var debugDescription: String { description }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
