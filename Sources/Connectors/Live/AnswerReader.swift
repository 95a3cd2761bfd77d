internal import Flows
internal import Values

/// Makes a card's answer of what a service answered.
struct AnswerReader {
  let method: MethodDescription
  let request: ConnectorRequest
  let url: ParsedURL

  private var host: String { url.host }

  /// The error that an answer tells of, nil where it tells of none.
  func failure(_ reply: HTTPReply) -> CardError? {
    let status = reply.status
    if (300..<400).contains(status), status != 304 {
      let target = reply.field("location").map { " to \($0)" } ?? ""
      return error(
        reply,
        status,
        message: "\(host) answered with a redirect\(target); redirects are not followed."
      )
    }
    if status >= 400, !method.failures.accepted.contains(status) {
      return error(reply, status, message: message(reply))
    }
    guard let sign = method.failures.sign, let body = try? JSON.parse(reply.body),
      body.part(at: sign.path) == sign.value
    else { return nil }
    return error(reply, signed(reply) ?? 400, message: message(reply))
  }

  /// Whether the status of an answer's failure is known: by the answer itself, or by what the description
  /// says of its error.
  func namesStatus(_ reply: HTTPReply) -> Bool { reply.status >= 300 || signed(reply) != nil }

  /// The status that the description has for the error that an answer names.
  private func signed(_ reply: HTTPReply) -> Int? {
    message(reply).flatMap { method.failures.statuses[Text($0)] }
  }

  private func message(_ reply: HTTPReply) -> String? {
    guard let body = try? JSON.parse(reply.body) else { return nil }
    for path in method.failures.messages {
      let found = body.part(at: path)
      if case .text(let text) = found, !text.isEmpty { return text.description }
    }
    return nil
  }

  private func error(_ reply: HTTPReply, _ status: Int, message: String?) -> CardError {
    let kind: CardErrorKind =
      switch status {
      case 404: .notFound
      case 403: .forbidden
      default: message == nil ? .httpError : .httpRequestError
      }
    let body = (try? JSON.parse(reply.body)) ?? .text(Text(wtf8: Self.valid(reply.body)))
    return CardError(
      kind: kind,
      message: Text(message ?? "\(host) answered with status \(status)."),
      statusCode: Double(status),
      // Public flows read these of the error itself.
      details: ["body": body, "headers": Self.headers(reply)]
    )
  }
}

extension AnswerReader {
  /// The records in an answer: the list where the description says, or what stands there alone.
  func records(_ reply: HTTPReply, _ rules: RecordRules) throws(CardError) -> [Value] {
    switch try parsed(reply).part(at: rules.path) {
    case .null: []
    case .list(let items): items
    case let one: [one]
    }
  }

  /// The body as JSON; null where it is empty.
  func parsed(_ reply: HTTPReply) throws(CardError) -> Value {
    if reply.body.isEmpty { return .null }
    do {
      return try JSON.parse(reply.body)
    } catch {
      throw CardError(
        kind: .parseError,
        message: Text("The answer of \(host) is not JSON: \(error)")
      )
    }
  }

  /// The outputs that a card declares.
  ///
  /// - Parameters:
  ///   - reply: The answer, the first page's where there were several.
  ///   - records: All records; nil where the method has none.
  ///   - subject: What paths lead into, where it is neither the body nor the first record.
  /// - Returns: The outputs by name; those that no rule is for are left out.
  /// - Throws: `CardError` where the answer should be JSON and is not.
  func outputs(
    _ reply: HTTPReply,
    records: [Value]? = nil,
    subject: Value? = nil
  ) throws(CardError) -> Object {
    var outputs = Object()
    for field in request.outputs {
      let name = field.name.text
      guard let rule = method.rule(for: name) else { continue }
      let value: Value
      switch rule.source {
      case .status: value = .number(Double(reply.status))
      case .headers: value = Self.headers(reply)
      case .body: value = try body(reply, as: field.type)
      case .text: value = .text(Text(wtf8: Self.valid(reply.body)))
      case .file: value = .file(ReceivedFile.file(of: reply, from: url))
      case .fileName: value = .text(ReceivedFile.name(of: reply, from: url))
      case .size: value = .number(Double(reply.body.count))
      case .records: value = .list(records ?? [])
      case .count: value = .number(Double(records?.count ?? 0))
      case .record: value = records?.first ?? subject ?? .null
      case .messageID: value = .null
      case .constant(let constant): value = constant
      case .path: value = try root(reply, records, subject).part(at: rule.path(for: name))
      case .each(let path, let members):
        let list = path == ["$records"] ? .list(records ?? []) : try root(reply, records, subject)
        value = list.renamed(at: path == ["$records"] ? [] : path, members)
      case .length(let path): value = try root(reply, records, subject).length(at: path)
      }
      outputs[name] = value.isNull ? .null : Coercion.read(value, as: field.type)
    }
    return outputs
  }

  /// What paths lead into: what was asked about, else the first record, else the body.
  private func root(
    _ reply: HTTPReply,
    _ records: [Value]?,
    _ subject: Value?
  ) throws(CardError) -> Value {
    if let subject { return subject }
    if let records { return records.first ?? .null }
    return try parsed(reply)
  }

  /// A body as the output is declared: a text, or what the JSON in it says.
  private func body(_ reply: HTTPReply, as type: DeclaredType) throws(CardError) -> Value {
    if reply.body.isEmpty { return .null }
    if case .string = type { return .text(Text(wtf8: Self.valid(reply.body))) }
    let mediaType = reply.field("content-type")?.lowercased() ?? ""
    if mediaType.contains("json") { return try parsed(reply) }
    return (try? JSON.parse(reply.body)) ?? .text(Text(wtf8: Self.valid(reply.body)))
  }

  private static func headers(_ reply: HTTPReply) -> Value {
    var headers = Object()
    for field in reply.fields {
      let name = Text(field.name)
      if case .text(let present)? = headers[name] {
        headers[name] = .text(present + ", " + Text(field.value))
      } else {
        headers[name] = .text(Text(field.value))
      }
    }
    return .object(headers)
  }

  /// The bytes as UTF-8, what is none replaced.
  private static func valid(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}

extension CardErrorKind {
  static let forbidden = CardErrorKind.other("Forbidden")
}
