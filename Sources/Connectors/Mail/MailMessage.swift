internal import Foundation
internal import Values

/// A mail as it goes over the wire (RFC 5322, RFC 2045 to 2047).
struct MailMessage {
  let from: MailAddress
  let to: [MailAddress]
  let copies: [MailAddress]
  let subject: Text
  let body: Text
  let isHTML: Bool
  let attachment: File?
  /// Without the angle brackets.
  let id: String
  let date: Instant
  /// What separates the parts; it stands in none of them, since those are base64.
  let boundary: String

  /// The bytes of the mail, lines ended by CR and LF.
  var bytes: [UInt8] {
    let recipients = to.map(\.header).joined(separator: ",\r\n ")
    var lines = [
      "From: \(from.header)", "To: \(to.isEmpty ? "undisclosed-recipients:;" : recipients)",
    ]
    if !copies.isEmpty {
      lines.append("Cc: \(copies.map(\.header).joined(separator: ",\r\n "))")
    }
    lines += [
      "Subject: \(EncodedWord.encode(subject))", "Date: \(HTTPDate.text(date))",
      "Message-ID: <\(id)>", "MIME-Version: 1.0",
    ]
    let type = "Content-Type: \(isHTML ? "text/html" : "text/plain"); charset=utf-8"
    let encoding = "Content-Transfer-Encoding: base64"
    let text = Self.base64(Array(String(decoding: body.bytes, as: UTF8.self).utf8))
    guard let attachment else {
      return Array((lines + [type, encoding, "", text]).joined(separator: "\r\n").utf8)
    }
    let name = EncodedWord.parameter("filename", attachment.name)
    lines += [
      "Content-Type: multipart/mixed; boundary=\"\(boundary)\"", "", "--\(boundary)", type,
      encoding,
      "", text, "--\(boundary)", "Content-Type: \(Self.mediaType(of: attachment))", encoding,
      "Content-Disposition: attachment; \(name)", "", Self.base64(attachment.content),
      "--\(boundary)--", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// The attachment's type, if it is one that can stand in a header.
  private static func mediaType(of file: File) -> String {
    let text = file.mediaType.description
    let isType = text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ";") }
    return isType && text.contains("/") ? text : "application/octet-stream"
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ]) + "\r\n"
  }
}
