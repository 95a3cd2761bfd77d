public import Values

/// Brings what stands in recordings in place of secrets into a form in which requests are compared, where the
/// digests of some secrets differ although the same is meant.
///
/// A secret that was replaced has another digest, and often another name; a signature that is drawn by lot has
/// another digest each time. Of what was computed from those the names are compared alone.
public struct CoverNames: Hashable, Sendable {
  /// The names that secrets have now, by those that they had.
  private let renamed: [Text: Text]
  /// The secrets that are compared by their names alone, as they are named now.
  private let nameless: Set<Text>

  /// Compares by digests, but for some secrets.
  ///
  /// - Parameters:
  ///   - replaced: The names of secrets that were replaced, each with the name of what replaced it.
  ///   - drawn: The names of secrets that sign by lot.
  public init(replaced: [Text: Text] = [:], drawn: Set<Text> = []) {
    renamed = replaced
    nameless = Set(replaced.values).union(drawn.map { replaced[$0] ?? $0 })
  }

  /// A recorded value in the form in which it is compared.
  ///
  /// - Complexity: O(*n*) in the size of the value, O(1) where all are compared by digests.
  public func comparable(_ value: Value) -> Value {
    nameless.isEmpty ? value : form(of: value)
  }

  private func form(of value: Value) -> Value {
    switch value {
    case .text(let text):
      text.contains(SecretReference.beginning) ? .text(form(of: text)) : value
    case .list(let items): .list(items.map { form(of: $0) })
    case .object(let object): .object(Object(object.map { ($0.key, form(of: $0.value)) }))
    case .null, .boolean, .number, .date, .file, .unknown: value
    }
  }

  private func form(of text: Text) -> Text {
    var bytes: [UInt8] = []
    for part in SecretReference.parts(of: text) {
      switch part {
      case .plain(let plain): bytes += plain
      case .cover(let names, let whole):
        let now = names.map { renamed[$0] ?? $0 }
        guard !nameless.isDisjoint(with: now) else {
          bytes += whole
          continue
        }
        let label = Text.joined(now.sorted(), separator: ",")
        bytes += SecretReference(name: label, digest: .empty).shown.bytes
      }
    }
    return Text(wtf8: bytes)
  }
}

extension SecretReference {
  /// A part of a text: as it is, or what stands in place of something computed from secrets.
  fileprivate enum Part {
    case plain(ArraySlice<UInt8>)
    case cover(names: [Text], ArraySlice<UInt8>)
  }

  fileprivate static func parts(of text: Text) -> [Part] {
    var parts: [Part] = []
    var rest = text.bytes[...]
    while let start = place(of: beginning.bytes, in: rest),
      let end = rest[start...].firstIndex(of: UInt8(ascii: "]"))
    {
      parts.append(.plain(rest[..<start]))
      let whole = rest[start...end]
      let label = whole.dropFirst(beginning.bytes.count).prefix {
        $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "]")
      }
      let names = label.split(separator: UInt8(ascii: ",")).map { Text(wtf8: Array($0)) }
      parts.append(.cover(names: names, whole))
      rest = rest[(end + 1)...]
    }
    return parts + [.plain(rest)]
  }

  private static func place(of part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: part) }
  }
}

extension Value {
  /// The names of the secrets that anything stands in place of in a recorded value.
  ///
  /// - Complexity: O(*n*) in the size of the value.
  public var coverNames: Set<Text> {
    switch self {
    case .text(let text):
      Set(
        SecretReference.parts(of: text).flatMap { part -> [Text] in
          if case .cover(let names, _) = part { names } else { [] }
        }
      )
    case .list(let items): items.reduce(into: []) { $0.formUnion($1.coverNames) }
    case .object(let object): object.reduce(into: []) { $0.formUnion($1.value.coverNames) }
    case .null, .boolean, .number, .date, .file, .unknown: []
    }
  }
}

extension FlowClosure {
  /// The secrets of an older version that this one has replaced: their names, each with the name of what
  /// replaced it.
  ///
  /// They are recognised by their names, up to the numbers by which names are told apart; where several could
  /// be meant, none is.
  public func replacements(of older: FlowClosure) -> [Text: Text] {
    let (before, now) = (Set(older.secrets), Set(secrets))
    let gone = Dictionary(grouping: before.subtracting(now), by: \.plainName)
    let come = Dictionary(grouping: now.subtracting(before), by: \.plainName)
    var found: [Text: Text] = [:]
    for (name, old) in gone where old.count == 1 {
      guard let new = come[name], new.count == 1 else { continue }
      found[old[0].name] = new[0].name
    }
    return found
  }
}

extension SecretReference {
  /// The name without the number behind it: `notify.sign.key` for `notify.sign.key-2`.
  fileprivate var plainName: Text {
    let digits = name.bytes.reversed().prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    let rest = name.bytes.dropLast(digits.count)
    guard !digits.isEmpty, rest.last == UInt8(ascii: "-") else { return name }
    return Text(wtf8: Array(rest.dropLast()))
  }
}
