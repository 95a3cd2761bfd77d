internal import Values

/// An address of mail, alone or with a name: `Ines Hartmann <ines.hartmann@example.com>`.
struct MailAddress: Hashable {
  let name: Text
  /// The address without brackets.
  let address: String

  /// Reads an address; nil where the text is none that a mail server takes.
  init?(_ text: Text) {
    let written = text.description.trimmed
    // No name ends a line, and no sign of direction or the like stands in one.
    guard written.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
    var address = written
    var name = ""
    if written.hasSuffix(">"), let start = written.lastIndex(of: "<") {
      address = String(written[written.index(after: start)...].dropLast()).trimmed
      name = String(written[..<start]).trimmed
      if name.hasPrefix("\""), name.hasSuffix("\""), name.count > 1 {
        name = String(name.dropFirst().dropLast())
      }
    }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let isSendable = address.utf8.allSatisfy { byte in
      byte > 32 && byte < 127 && !"<>()[],;:\\\"".utf8.contains(byte)
    }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isSendable else { return nil }
    self.name = Text(name)
    self.address = address
  }

  /// The parts of a text between commas and semicolons that stand outside quotes.
  static func list(_ text: String) -> [String] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, ",;".contains(character) {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// The address as it stands in a header.
  var header: String {
    name.isEmpty ? address : "\(EncodedWord.encode(name, isPhrase: true)) <\(address)>"
  }
}
