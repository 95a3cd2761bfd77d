internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

extension Reply {
  /// Writes it as HTTP/1.1 has it, for whom nobody else adds a field to: with the date (RFC 9110, 6.6.1) and the
  /// body's length.
  func write(to buffer: inout ByteBuffer) {
    let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
    buffer.writeString("HTTP/1.1 \(status) \(reason)\r\n")
    for (name, value) in fields { buffer.writeString("\(name): \(value)\r\n") }
    if hasBody { buffer.writeString("content-length: \(body.count)\r\n") }
    ReplyDate.write(to: &buffer)
    buffer.writeStaticString("\r\n")
    if hasBody { buffer.writeBytes(body) }
  }
}

/// The date of answers, which is written once a second.
private enum ReplyDate {
  private static let last = Mutex<(second: time_t, line: [UInt8])>((0, []))

  static func write(to buffer: inout ByteBuffer) {
    var second = time(nil)
    last.withLock { last in
      if last.second != second { last = (second, Array("Date: \(text(&second))\r\n".utf8)) }
      buffer.writeBytes(last.line)
    }
  }

  /// As RFC 9110, 5.6.7 has it.
  private static func text(_ second: inout time_t) -> String {
    var parts = tm()
    gmtime_r(&second, &parts)
    var bytes = [CChar](repeating: 0, count: 64)
    // The program sets no locale, so that names are English.
    strftime(&bytes, bytes.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
