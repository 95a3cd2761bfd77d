internal import Flows
internal import Foundation
internal import Values

/// Takes credentials out of what a service answers: some echo what they were sent.
struct Scrubber: Sendable {
  /// What stands in place of a credential.
  static let mark = "[secret]"
  /// Shorter ones would be found in any text.
  static let minimumLength = 4
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
      let encoded = PercentEncoding.encode(Text(secret)).description
      patterns.insert(Array(encoded.utf8))
      patterns.insert(Array(encoded.replacing(#/%../#) { $0.output.lowercased() }.utf8))
      patterns.insert(Array(JSON.text(.text(Text(secret))).bytes.dropFirst().dropLast()))
      patterns.formUnion(Self.base64(Array(secret.utf8)))
      let hexadecimal = secret.utf8.map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }.joined()
      patterns.insert(Array(hexadecimal.utf8))
      patterns.insert(Array(hexadecimal.uppercased().utf8))
    }
    // Long ones first, so that none is left half.
    self.patterns = patterns.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  /// The secret's signs in base64, in both alphabets, wherever in a longer text it begins.
  private static func base64(_ secret: [UInt8]) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for offset in 0..<3 {
      let encoded = Data(Array(repeating: 0, count: offset) + secret).base64EncodedString()
      // The first signs are of what stands before it, the last of what comes behind it as well.
      let first = (offset * 8 + 5) / 6
      let last = (offset + secret.count) * 8 / 6
      let whole = encoded.prefix { $0 != "=" }
      for signs in [whole, whole.prefix(last)].map({ String($0.dropFirst(first)) })
      where signs.utf8.count >= minimumLength {
        found.insert(Array(signs.utf8))
        found.insert(Array(signs.replacing("+", with: "-").replacing("/", with: "_").utf8))
      }
    }
    return found
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

  /// What a card is answered, without credentials in any text of it: the JSON of an answer may spell
  /// them in ways that are no bytes of theirs.
  func clean(_ answer: Answer) -> Answer {
    switch answer {
    case .outputs(let given):
      .outputs(
        ConnectorAnswer(
          outputs: clean(given.outputs),
          records: given.records.map { clean($0) }
        )
      )
    case .failure(let error): .failure(clean(error))
    case .value(let value): .value(clean(value))
    case .unknown: answer
    }
  }

  /// An error without credentials.
  func clean(_ error: CardError) -> CardError {
    CardError(
      kind: error.kind,
      message: Text(wtf8: clean(error.message.bytes)),
      statusCode: error.statusCode,
      details: clean(error.details)
    )
  }

  private func clean(_ object: Object) -> Object {
    var cleaned = Object()
    for (key, value) in object { cleaned[Text(wtf8: clean(key.bytes))] = clean(value) }
    return cleaned
  }

  private func clean(_ value: Value) -> Value {
    switch value {
    case .text(let text): .text(Text(wtf8: clean(text.bytes)))
    case .list(let items): .list(items.map { clean($0) })
    case .object(let object): .object(clean(object))
    case .file(let file):
      .file(File(name: file.name, mediaType: file.mediaType, content: clean(file.content)))
    case .null, .boolean, .number, .date, .unknown: value
    }
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
