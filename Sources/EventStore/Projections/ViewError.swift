/// A use of a view that its rows do not allow; it marks the view as degraded.
enum ViewError: Error, Hashable, CustomStringConvertible {
  /// A key has no bytes or more than 511.
  case keyLength(Int)

  var description: String {
    switch self {
    case .keyLength(let length): "a key of \(length) bytes, where 1 to 511 are allowed"
    }
  }

  /// Throws unless a row can stand under `key`.
  static func check(_ key: [UInt8]) throws(ViewError) {
    guard (1...511).contains(key.count) else { throw .keyLength(key.count) }
  }
}
