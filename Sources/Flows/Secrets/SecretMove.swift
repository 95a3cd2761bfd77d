internal import Values

/// Puts references in place of the secrets of an export.
struct SecretMove {
  /// A secret and what stands in its place.
  struct Pair {
    let secret: Text
    let reference: SecretReference

    init(found: FoundSecret, reference: SecretReference) {
      secret = found.secret
      self.reference = reference
    }
  }

  /// Longer ones first, so that none is left half.
  private let pairs: [(old: Text, new: Text)]
  /// Those that are replaced wherever they stand.
  private let anywhere: [(old: Text, new: Text)]
  /// A search that has found nothing yet.
  private let search = SecretSearch()

  init(_ pairs: [Pair]) {
    self.pairs = pairs.map { ($0.secret, $0.reference.text) }
      .sorted { $0.old.bytes.count > $1.old.bytes.count }
    anywhere = self.pairs.filter { Self.isUnmistakable($0.old) }
  }

  /// Members that hold ids and names by which the export holds together.
  private static let structure: Set<Text> = [
    "uuid", "id", "key", "group", "address", "type", "input", "output", "methodId", "outputId",
    "convert", "config", "version", "module", "flo",
  ]

  func moved(_ value: Value) -> Value { moved(value, on: .other(.empty)) }

  /// A part of a card of a kind.
  private func moved(_ value: Value, on kind: CardKind) -> Value {
    switch value {
    case .object(let object):
      var kind = kind
      if case .text(let address)? = object["address"], object["node"] != nil {
        kind = CardKind(exported: address)
      }
      // A field of a card, with its constant.
      if case .object(let constant)? = object["value"], let data = constant["data"],
        object["key"] != nil, !Self.isBody(data)
      {
        return .object(field(object, constant, data, on: kind))
      }
      return .object(Object(object.map { ($0.key, moved(member: $0.key, $0.value, on: kind)) }))
    case .list(let items): return .list(items.map { moved($0, on: kind) })
    case .text(let text): return .text(text.replacing(anywhere))
    case .null, .boolean, .number, .date, .file, .unknown: return value
    }
  }

  private func moved(member key: Text, _ member: Value, on kind: CardKind) -> Value {
    if Self.structure.contains(key), case .text = member { return member }
    return moved(member, on: kind)
  }

  private func field(
    _ field: Object,
    _ constant: Object,
    _ data: Value,
    on kind: CardKind
  ) -> Object {
    var search = search
    search.visit(field: field, of: kind)
    let own = Set(search.found.map(\.secret)).union(anywhere.map(\.old))
    var constant = constant
    constant["data"] = data.replacingTexts(pairs.filter { own.contains($0.old) })
    return Object(
      field.map { key, member in
        (key, key == "value" ? .object(constant) : moved(member: key, member, on: kind))
      }
    )
  }

  private static func isBody(_ data: Value) -> Bool {
    if case .object(let object) = data, case .list? = object["methods"] { true } else { false }
  }

  /// Whether a text is so long or mixed that it means the same wherever it stands.
  private static func isUnmistakable(_ text: Text) -> Bool {
    let bytes = text.bytes
    let hasDigit = bytes.contains { (48...57).contains($0) }
    let hasLetter = bytes.contains { (65...90).contains($0) || (97...122).contains($0) }
    return bytes.count >= 20 || bytes.count >= 10 && hasDigit && hasLetter
  }
}
