internal import Foundation
internal import Synchronization

/// A server on loopback that stands for a service: it answers as a test tells it, and notes what came.
///
/// It speaks HTTP/1.1, one request a connection, each on a thread of its own.
public final class HTTPStandIn: Sendable {
  /// What it does to a request.
  public typealias Behaviour = @Sendable (StandInRequest) -> StandInReaction

  /// The port it listens on.
  public let port: Int
  private let listener: CInt
  private let behaviour: Behaviour
  private let received = Mutex<[StandInRequest]>([])

  /// Starts it.
  ///
  /// - Throws: `CannotListen` where the machine has no free port.
  public init(_ behaviour: @escaping Behaviour) throws {
    self.behaviour = behaviour
    signal(SIGPIPE, SIG_IGN)
    listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, generic, &length) == 0
      }
    }
    guard isListening else { throw CannotListen() }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in accept() }
  }

  /// No port is free.
  public struct CannotListen: Error {}

  /// Stops listening; what it has noted stays.
  public func stop() { shutdown(listener, CInt(SHUT_RDWR)) }

  /// Where it listens.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// What came so far, in order.
  public var requests: [StandInRequest] { received.withLock { $0 } }

  private func accept() {
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard connection >= 0 else { break }
      Thread.detachNewThread { [self] in serve(connection) }
    }
    close(listener)
  }

  private func serve(_ connection: CInt) {
    defer { close(connection) }
    guard let request = Self.read(connection) else { return }
    received.withLock { $0.append(request) }
    switch behaviour(request) {
    case .hangUp: break
    case .bytes(let bytes): Self.write(bytes, connection)
    case .silence(let seconds): Thread.sleep(forTimeInterval: seconds)
    case .reply(let status, let fields, let body):
      let isEmpty = request.method == "HEAD" || status == 204
      Self.write(Self.head(status, fields, body.count) + (isEmpty ? [] : body), connection)
    case .trickle(let seconds):
      Self.write(Self.head(200, [], 1_000), connection)
      for _ in 0..<1_000 {
        guard Self.write([UInt8(ascii: "x")], connection) else { return }
        Thread.sleep(forTimeInterval: seconds)
      }
    }
  }

  private static func head(_ status: Int, _ fields: [(String, String)], _ length: Int) -> [UInt8] {
    var lines = ["HTTP/1.1 \(status) Answer", "Connection: close"]
    if status != 204 { lines.append("Content-Length: \(length)") }
    lines += fields.map { "\($0.0): \($0.1)" }
    return Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], _ connection: CInt) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func read(_ connection: CInt) -> StandInRequest? {
    var bytes: [UInt8] = []
    let end = Array("\r\n\r\n".utf8)
    while bytes.firstRange(of: end) == nil {
      guard let more = receive(connection) else { return nil }
      bytes += more
    }
    guard let blank = bytes.firstRange(of: end) else { return nil }
    let lines = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    guard words.count == 3 else { return nil }
    let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (
        line[..<colon].lowercased(),
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      )
    }
    var body = Array(bytes[blank.upperBound...])
    let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    while body.count < length {
      guard let more = receive(connection) else { return nil }
      body += more
    }
    return StandInRequest(method: words[0], target: words[1], fields: fields, body: body)
  }

  private static func receive(_ connection: CInt) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(connection, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
