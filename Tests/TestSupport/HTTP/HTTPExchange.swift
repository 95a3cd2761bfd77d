internal import Foundation
internal import Glibc

/// A request over a connection of its own, byte by byte as a test wants it, and what came back.
public struct HTTPExchange: Sendable {
  /// The status of the answer; 0 where none came.
  public let status: Int
  /// The fields of the answer by their lower-case names.
  public let fields: [String: String]
  /// The body of the answer.
  public let body: [UInt8]

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// Sends a request to a port of this machine, and waits for the answer.
  ///
  /// - Parameters:
  ///   - method: The verb.
  ///   - target: The path and what stands behind it.
  ///   - port: The port.
  ///   - fields: Header fields beside those every request has.
  ///   - body: The body; nil for none.
  /// - Throws: `POSIXError` where the port cannot be reached.
  public init(
    _ method: String,
    _ target: String,
    port: Int,
    _ fields: [(String, String)] = [],
    body: [UInt8]? = nil
  ) throws {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    self.init(try Self.bytes(answering: Array((head + "\r\n").utf8) + (body ?? []), port: port))
  }

  /// Sends bytes as they are, and waits until the connection is closed.
  ///
  /// - Throws: `POSIXError` where the port cannot be reached.
  public init(sending bytes: [UInt8], port: Int) throws {
    self.init(try Self.bytes(answering: bytes, port: port))
  }

  private init(_ answer: [UInt8]) {
    var fields: [String: String] = [:]
    let text = String(decoding: answer, as: UTF8.self)
    let parts = text.components(separatedBy: "\r\n\r\n")
    let lines = (parts.first ?? "").components(separatedBy: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    status = words.count > 1 ? Int(words[1]) ?? 0 : 0
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    self.fields = fields
    body = parts.count > 1 ? Array(parts.dropFirst().joined(separator: "\r\n\r\n").utf8) : []
  }

  /// Opens a connection to a port of this machine.
  ///
  /// - Throws: `POSIXError` where it cannot be reached.
  public static func connect(port: Int) throws -> CInt {
    let connection = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let code = errno
      close(connection)
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
    }
    return connection
  }

  private static func bytes(answering request: [UInt8], port: Int) throws -> [UInt8] {
    let connection = try connect(port: port)
    defer { close(connection) }
    var rest = request[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      // A server that has refused does not read on.
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return answer }
      answer += buffer[..<count]
    }
  }
}
