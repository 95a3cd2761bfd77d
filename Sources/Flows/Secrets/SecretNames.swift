internal import Values

/// The names of fields and members that hold secrets, and names made for secrets.
enum SecretNames {
  /// Names that mean a secret wherever they stand, without case and signs between.
  private static let always: Set<String> = [
    "authorization", "proxyauthorization", "xapikey", "apikey", "apikeys", "apikeyvalue",
    "apikeysecret", "xauthtoken", "xaccesstoken",
    "cookie", "setcookie", "password", "passwd", "pwd", "passphrase", "secret", "secretkey",
    "clientsecret", "privatekey", "sharedsecret", "signingsecret", "signingkey", "webhooksecret",
    "accesstoken", "refreshtoken", "apitoken", "authtoken", "bearertoken", "bearer", "hmackey",
    "xoktaclienttoken", "secretaccesskey", "subscriptionkey", "ocpapimsubscriptionkey",
  ]
  /// Names that mean one among the fields of an HTTP header.
  private static let inHeaders: Set<String> = [
    "token", "key", "auth", "xtoken", "xkey", "xsignature", "signature", "clienttoken",
  ]
  /// Names that mean one on cards that encrypt or sign.
  private static let inSigning: Set<String> = ["key", "secret", "pem", "password", "passphrase"]

  /// Names that mean one as members of a delivery itself, such as the one that Slack sends.
  private static let inDeliveries: Set<String> = ["token", "verificationtoken"]

  /// Where a member stands.
  enum Place {
    case anywhere
    case header
    case signing
    /// On top of what a sender delivers.
    case delivery
  }

  static func isSecret(_ name: Text, _ place: Place) -> Bool {
    let plain = plain(name)
    if always.contains(plain) { return true }
    return switch place {
    case .anywhere: false
    case .header: inHeaders.contains(plain)
    case .signing: inSigning.contains(plain)
    case .delivery: inDeliveries.contains(plain)
    }
  }

  /// Whether a field is the one that holds the fields of an HTTP header.
  static func isHeader(_ name: Text) -> Bool {
    ["headers", "header", "requestheaders", "customheaders", "httpheaders"].contains(plain(name))
  }

  private static func plain(_ name: Text) -> String {
    String(name.description.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// A name of lower-case letters, digits and hyphens, parted by points.
  static func name(_ parts: Text...) -> Text {
    Text.joined(parts.map { slug($0) }, separator: ".")
  }

  private static func slug(_ text: Text) -> Text {
    var bytes: [UInt8] = []
    for byte in text.lowercased().bytes {
      if (48...57).contains(byte) || (97...122).contains(byte) {
        bytes.append(byte)
      } else if let last = bytes.last, last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
      if bytes.count >= 40 { break }
    }
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return bytes.isEmpty ? "x" : Text(wtf8: bytes)
  }
}
