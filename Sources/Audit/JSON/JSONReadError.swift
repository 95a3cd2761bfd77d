internal import EventStore

/// Why a document could not be read, and where.
public struct JSONReadError: Error, Hashable, Sendable {
  /// What a caller does about it.
  public enum Kind: Hashable, Sendable {
    /// The bytes are not one JSON text; nothing can be kept of them but the bytes.
    case notJSON
    /// The bytes are JSON, and are to be kept, but hold something that has no value here.
    ///
    /// That is: an escape of half a surrogate pair, a number beyond 64 bits or beyond the range
    /// of a double, nesting beyond the limit, or more bytes than the parser takes.
    case notExtractable
    /// There is no memory to parse them.
    case outOfMemory
    /// They bring more events than one batch of the log takes.
    case tooManyEvents
  }

  /// What a caller does about it.
  public let kind: Kind
  /// The offset of the first byte that is wrong, from the start of the document.
  public let offset: Int
  /// What is wrong there, without any of the document's text.
  public let reason: String

  /// Creates an error from its facts.
  public init(kind: Kind, offset: Int, reason: String) {
    self.kind = kind
    self.offset = offset
    self.reason = reason
  }
}

extension JSONReadError: CustomStringConvertible {
  /// The reason and the offset; none of the document's text.
  public var description: String {
    switch kind {
    case .notJSON: "not JSON: \(reason) at byte \(offset)"
    case .notExtractable: "JSON whose fields cannot be read: \(reason) at byte \(offset)"
    case .outOfMemory: "no memory to read the document: \(reason)"
    case .tooManyEvents: "\(reason), more than \(EventLog.maximumBatchCount)"
    }
  }
}

extension JSONReadError {
  /// A document brings that many events.
  static func tooManyEvents(_ count: Int) -> JSONReadError {
    JSONReadError(kind: .tooManyEvents, offset: 0, reason: "it brings \(count) events")
  }
}
