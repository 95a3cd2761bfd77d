internal import Values

/// A body that came as a file.
enum ReceivedFile {
  /// The file: its name, the media type of the answer and all its bytes.
  static func file(of reply: HTTPReply, from url: ParsedURL) -> File {
    let type = reply.field("content-type") ?? ""
    let media = type.split(separator: ";").first.map { Text(String($0)).trimmed() }
    return File(name: name(of: reply, from: url), mediaType: media ?? "", content: reply.body)
  }

  /// What the file is called: as the answer says (RFC 6266), else the last part of the URL's path, else
  /// `file`.
  ///
  /// Whatever says so, a name has no strokes: folders are none of the sender's business.
  static func name(of reply: HTTPReply, from url: ParsedURL) -> Text {
    let given = reply.field("content-disposition").flatMap(given) ?? ""
    let path = url.text.split(separator: "://", maxSplits: 1).last ?? ""
    let end = path.firstIndex { $0 == "?" || $0 == "#" } ?? path.endIndex
    let last =
      path[..<end].contains("/") ? path[..<end].split(separator: "/").dropFirst().last : nil
    for candidate in [given, last.map { decoded(String($0)) } ?? ""] {
      let name = candidate.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
      let isPlain = name != "." && name != ".." && name.utf8.allSatisfy { $0 >= 0x20 }
      if isPlain, !name.isEmpty { return Text(name) }
    }
    return "file"
  }

  /// The name in a field such as `attachment; filename="a.csv"; filename*=UTF-8''%C3%A9.csv`, the
  /// extended one first.
  private static func given(_ field: String) -> String? {
    var names: [String: String] = [:]
    for part in parts(of: field).dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { continue }
      names[Text(sides[0]).trimmed().lowercased().description] =
        Text(sides[1]).trimmed().description
    }
    if let extended = names["filename*"] {
      let sides = extended.split(separator: "'", omittingEmptySubsequences: false)
      if sides.count == 3, sides[0].lowercased() == "utf-8" { return decoded(String(sides[2])) }
    }
    return names["filename"].map(unquoted)
  }

  /// The parts between semicolons that stand in no quotes.
  private static func parts(of field: String) -> [String] {
    var parts: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in field {
      if character == ";", !isQuoted {
        parts.append("")
        continue
      }
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = character == "\\" && isQuoted && !isEscaped
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    var plain = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      isEscaped = character == "\\" && !isEscaped
      if !isEscaped { plain.append(character) }
    }
    return plain
  }

  /// The text with its percent-encoding undone, as far as that goes.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, !digits.hasPrefix("+"),
        !digits.hasPrefix("-"), let value = UInt8(digits, radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
