internal import Audit
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// Answers HTTP requests: finds whom one is for, and keeps it within bounds.
struct Front: HTTPResponder {
  /// What is known of a request's connection.
  struct Context: RequestContext {
    var coreContext: CoreRequestContextStorage
    let sender: String

    init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      let address = source.channel.remoteAddress
      sender =
        address.flatMap { address in
          address.ipAddress.map { "\($0):\(address.port ?? 0)" }
        } ?? "unknown"
    }
  }

  private let receiver: Receiver
  private let report: @Sendable (any Error) -> Void

  init(_ receiver: Receiver, report: @escaping @Sendable (any Error) -> Void) {
    self.receiver = receiver
    self.report = report
  }

  /// The longest body.
  static let bodyLimit = 1 << 20
  /// How long a body may take to arrive.
  static let bodyTime = Duration.seconds(10)

  func respond(to request: Request, context: Context) async throws -> Response {
    do {
      return try await reply(to: request, context).response
    } catch {
      report(error)
      return Receiver.refusal(500, "the delivery could not be written; send it again").response
    }
  }

  private func reply(to request: Request, _ context: Context) async throws -> Reply {
    let path = request.uri.path
    if path == "/healthz" { return .json(200, Array(#"{"status":"ok"}"#.utf8)) }
    guard let hook = try receiver.hook(at: path) else {
      return Receiver.refusal(404, "there is nothing here")
    }
    let received = DeliveryRequest(request, sender: context.sender)
    switch request.method {
    case .get: return try await receiver.verify(received, hook)
    case .post:
      return try await receiver.receive(received, hook) { try await Self.body(of: request) }
    default: return Receiver.refusal(405, "deliveries come in by POST")
    }
  }
}

// MARK: - Bodies

extension Front {
  private static func body(of request: Request) async throws -> [UInt8] {
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw UntakenBody.compressed
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bodyLimit {
      throw UntakenBody.tooLong(limit: bodyLimit)
    }
    // Who sends nothing at all is cut off as an idle connection is.
    let clock = ContinuousClock()
    let end = clock.now + bodyTime
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= bodyLimit else {
        throw UntakenBody.tooLong(limit: bodyLimit)
      }
      guard clock.now < end else { throw UntakenBody.tooSlow }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }
}

extension DeliveryRequest {
  fileprivate init(_ request: Request, sender: String) {
    var fields: [String: String] = [:]
    for field in request.headers where fields[field.name.canonicalName] == nil {
      fields[field.name.canonicalName] = field.value
    }
    self.init(
      path: request.uri.path,
      query: request.uri.queryParameters.map { (String($0.key), String($0.value)) },
      fields: fields,
      sender: sender,
      body: []
    )
  }
}

extension Reply {
  fileprivate var response: Response {
    var headers = HTTPFields()
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(
      status: .init(code: status),
      headers: headers,
      body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body))
    )
  }
}
