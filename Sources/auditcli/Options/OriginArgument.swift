/// Whom events speak for, on the command line.
enum OriginArgument {
  /// Whether a text can be an origin that events have: a URL, or a name with a point in it.
  static func isOrigin(_ text: String) -> Bool {
    !text.isEmpty && (text.contains(".") || text.contains(":"))
      && !text.contains(where: \.isWhitespace)
  }
}
