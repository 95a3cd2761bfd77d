internal import Foundation
internal import HTTPTypes
internal import Synchronization

extension Reply {
  /// Its own fields.
  var headerFields: HTTPFields {
    var headers = HTTPFields()
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
    }
    return headers
  }

  /// Status and fields as they are sent where nobody else adds any: with the date (RFC 9110, 6.6.1) and the body's
  /// length.
  var head: HTTPResponse {
    var head = HTTPResponse(status: .init(code: status), headerFields: headerFields)
    if hasBody { head.headerFields[.contentLength] = String(body.count) }
    head.headerFields[.date] = ReplyDate.now
    return head
  }
}

/// The date of answers, which is written once a second.
private enum ReplyDate {
  private static let last = Mutex<(second: time_t, text: String)>((0, ""))

  static var now: String {
    var second = time(nil)
    return last.withLock { last in
      if last.second != second { last = (second, text(&second)) }
      return last.text
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
