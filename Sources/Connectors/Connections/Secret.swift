/// A credential, which neither prints nor encodes itself.
struct Secret: Sendable {
  /// The credential, for the place where it goes out.
  let revealed: String

  init(_ text: String) {
    revealed = text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// That there is one, and nothing of it.
  var description: String { "[secret]" }
  /// As `description`.
  var debugDescription: String { description }
  /// Nothing.
  var customMirror: Mirror { Mirror(self, children: []) }
}
