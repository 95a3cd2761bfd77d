internal import Foundation
internal import Values

/// Texts in the header of a mail (RFC 2047, RFC 2231): what is not plain ASCII is encoded, so that no
/// text can end a line.
enum EncodedWord {
  /// An encoded word may have 75 characters and its line 76; so many bytes leave room for the name of
  /// the field.
  private static let pieceSize = 33

  static func encode(_ text: Text, isPhrase: Bool = false) -> String {
    let written = text.description
    let special = isPhrase ? Set("()<>@,;:\\\".[]=?_".utf8) : []
    let isPlain =
      written.utf8.count <= 60 && !written.contains("=?")
      && written.utf8.allSatisfy { $0 >= 32 && $0 < 127 && !special.contains($0) }
    if isPlain { return written }
    var pieces: [String] = []
    var piece = ""
    for character in written.unicodeScalars {
      if piece.utf8.count + character.utf8.count > pieceSize {
        pieces.append(piece)
        piece = ""
      }
      piece.unicodeScalars.append(character)
    }
    pieces.append(piece)
    return pieces.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }
      .joined(separator: "\r\n ")
  }

  /// A parameter of a field, such as `filename="report.csv"`.
  static func parameter(_ name: String, _ value: Text) -> String {
    let written = value.description
    let isPlain =
      written.utf8.count <= 60
      && written.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 }
    if isPlain { return "\(name)=\"\(written)\"" }
    return "\(name)*=utf-8''\(PercentEncoding.encode(Text(written)))"
  }
}
