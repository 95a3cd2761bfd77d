internal import Values

/// Finds the secrets in a value by the names of its members and by what its texts look like.
enum ValueSecrets {
  /// A secret and the name of the field or member that it was found in.
  typealias Found = (secret: Text, name: Text)

  /// The secrets in a value that stands under a name, which may mean a secret and may be that of a field of
  /// an HTTP header.
  static func secrets(in value: Value, name: Text, isNamed: Bool, inHeader: Bool) -> [Found] {
    switch value {
    case .text(let text):
      // What is covered already is covered once.
      if isNamed, SecretReference.isCover(text) { return [] }
      if isNamed, let secret = SecretShapes.secret(under: name, text) { return [(secret, name)] }
      return SecretShapes.secrets(in: text).map { ($0, name) }
    case .list(let items):
      return items.flatMap { secrets(in: $0, name: name, isNamed: isNamed, inHeader: inHeader) }
    case .object(let object): return secrets(in: object, inHeader: inHeader)
    case .null, .boolean, .number, .date, .file, .unknown: return []
    }
  }

  private static func secrets(in object: Object, inHeader: Bool) -> [Found] {
    var found: [Found] = []
    // A list of pairs of name and value says the same as an object.
    if let pair = object.text("key") ?? object.text("name"), let own = object["value"] {
      found += secrets(
        in: own,
        name: pair,
        isNamed: isNamed(pair, inHeader),
        inHeader: inHeader
      )
    }
    for (key, member) in object {
      found += secrets(
        in: member,
        name: key,
        isNamed: isNamed(key, inHeader) && !isText(member, "value", of: object),
        inHeader: inHeader || SecretNames.isHeader(key)
      )
    }
    return found
  }

  private static func isNamed(_ key: Text, _ inHeader: Bool) -> Bool {
    SecretNames.isSecret(key, inHeader ? .header : .anywhere)
  }

  /// Whether a member names the value beside it rather than being one.
  private static func isText(_ member: Value, _ key: Text, of object: Object) -> Bool {
    object[key] != nil && object["key"] == member
  }
}

extension Object {
  fileprivate func text(_ key: Text) -> Text? {
    if case .text(let text)? = self[key] { text } else { nil }
  }
}
