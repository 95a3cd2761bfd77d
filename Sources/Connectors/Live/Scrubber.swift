internal import Foundation
internal import Values

/// Takes credentials out of what a service answers: some echo what they were sent.
struct Scrubber: Sendable {
  /// What stands in place of a credential.
  static let mark = "[secret]"
  /// Shorter ones would be found in any text.
  private static let minimumLength = 6
  /// Fields that hold credentials whatever they are.
  private static let secretFields: Set<String> = [
    "set-cookie", "set-cookie2", "authorization", "proxy-authorization", "cookie", "x-api-key",
    "authentication-info", "proxy-authentication-info",
  ]

  private let patterns: [[UInt8]]

  init(_ secrets: [String]) {
    var patterns: Set<[UInt8]> = []
    for secret in secrets where secret.utf8.count >= Self.minimumLength {
      patterns.insert(Array(secret.utf8))
      patterns.insert(Array(PercentEncoding.encode(Text(secret)).bytes))
      patterns.insert(Array(JSON.text(.text(Text(secret))).bytes.dropFirst().dropLast()))
      patterns.insert(Array(Data(secret.utf8).base64EncodedString().utf8))
    }
    // Long ones first, so that none is left half.
    self.patterns = patterns.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  /// The answer without credentials.
  func clean(_ reply: HTTPReply) -> HTTPReply {
    HTTPReply(
      status: reply.status,
      fields: reply.fields.map { field in
        let isSecret = Self.secretFields.contains(field.name)
        return HTTPField(name: field.name, value: isSecret ? Self.mark : clean(field.value))
      },
      body: clean(reply.body)
    )
  }

  /// A text without credentials.
  func clean(_ text: String) -> String {
    String(decoding: clean(Array(text.utf8)), as: UTF8.self)
  }

  /// Bytes without credentials.
  ///
  /// - Complexity: O(*n*) in the bytes for each credential.
  func clean(_ bytes: [UInt8]) -> [UInt8] {
    var cleaned = bytes
    for pattern in patterns { cleaned = Self.replace(pattern, in: cleaned) }
    return cleaned
  }

  private static func replace(_ pattern: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let found = rest.firstRange(of: pattern) {
      result += rest[..<found.lowerBound]
      result += Array(mark.utf8)
      rest = rest[found.upperBound...]
    }
    return result.isEmpty ? bytes : result + rest
  }
}
