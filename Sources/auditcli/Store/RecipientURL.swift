internal import Audit
internal import Connectors

/// The URL of a recipient, which is kept as a secret is.
struct RecipientURL {
  /// The URL.
  let text: String

  /// Takes a URL.
  init(_ text: String) {
    self.text = text
  }

  /// Reads the URL that a file holds; `-` stands for standard input.
  ///
  /// - Throws: `Failure` where the file cannot be read.
  init(file: String) throws {
    var bytes = try InputFile(file).bytes[...]
    while let last = bytes.last, last <= UInt8(ascii: " ") { bytes.removeLast() }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// A recipient that is like another one, and reached by this URL.
  ///
  /// - Throws: `Failure` where the URL cannot be posted to.
  func recipient(like other: Recipient) throws -> Recipient {
    let host: String
    do throws(Webhook.Unusable) {
      host = try Webhook(text, networks: other.networks, certificates: other.certificates).host
    } catch {
      throw Failure("the URL cannot be posted to: \(error)")
    }
    return Recipient(
      name: other.name,
      way: other.way,
      target: host,
      connection: other.connection,
      networks: other.networks,
      certificates: other.certificates,
      terms: other.terms
    )
  }
}
