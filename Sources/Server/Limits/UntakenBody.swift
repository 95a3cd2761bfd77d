/// Why the body of a request is not read to its end.
enum UntakenBody: Error {
  case busy
  case compressed
  case cutOff
  case tooLong(limit: Int)
  case tooSlow

  /// The status of the answer.
  var status: Int {
    switch self {
    case .busy: 503
    case .compressed: 415
    case .cutOff: 400
    case .tooLong: 413
    case .tooSlow: 408
    }
  }
}

extension UntakenBody: CustomStringConvertible {
  var description: String {
    switch self {
    case .busy: "too many bodies are being read; send it again"
    case .compressed: "its body is compressed"
    case .cutOff: "its sender hung up"
    case .tooLong(let limit): "its body is longer than \(limit) bytes"
    case .tooSlow: "its body took too long"
    }
  }
}
