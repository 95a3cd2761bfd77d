internal import CSimdJSON

/// A JSON parser that is used for one document after another.
///
/// It owns the parsed form of the newest document and the buffers it needs, and keeps them for
/// the next one: one reader a thread, for as long as the thread has documents. It is not safe to
/// use from two threads at a time.
public final class JSONReader {
  private let parser: OpaquePointer?

  /// Bytes that must be readable behind a document for it to be parsed without being copied.
  public static let padding = Int(CSJ_PADDING)

  /// Creates a reader that refuses nesting beyond a depth.
  public init(maximumDepth: Int = 1024) {
    parser = csj_parser_create(max(1, maximumDepth))
  }

  deinit {
    if let parser { csj_parser_destroy(parser) }
  }
}

extension JSONReader {
  /// Where the items of an array stand in the document that is lent by `withDocument`, whose bytes these
  /// are: of the member `inner` of the document's member `outer`.
  ///
  /// - Parameters:
  ///   - outer: The name of an object.
  ///   - inner: The name of an array in it.
  ///   - bytes: The document.
  ///   - count: How many items there are.
  /// - Returns: Their ranges, or nil where that takes another look at the bytes: see `JSONCutter`.
  /// - Complexity: O(members and items of the document).
  func items(
    of outer: StaticString,
    _ inner: StaticString,
    in bytes: UnsafeRawBufferPointer,
    count: Int
  ) -> [Range<Int>]? {
    guard let parser, let start = bytes.baseAddress else { return nil }
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: max(2, 2 * count)) { bounds in
      let found = outer.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { outer in
        inner.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { inner in
          bounds.withMemoryRebound(to: UInt.self) {
            csj_items(
              parser,
              start.assumingMemoryBound(to: UInt8.self),
              outer,
              inner,
              $0.baseAddress,
              max(1, count)
            )
          }
        }
      }
      guard found == count else { return nil }
      return (0..<count).map { bounds[2 * $0]..<bounds[2 * $0 + 1] }
    }
  }

  /// Parses a document and hands its root to a closure.
  ///
  /// - Parameters:
  ///   - bytes: The document: one JSON text, UTF-8, no byte order mark.
  ///   - capacity: How many bytes of the allocation are readable from the document's start. With
  ///     `padding` bytes behind the document it is parsed in place, else it is copied first.
  ///   - body: What is done with the root. The element must not leave the closure, and the
  ///     closure must not use this reader.
  /// - Returns: What the closure returns.
  /// - Throws: `JSONReadError` when the bytes are not JSON or hold what cannot be read. Its offset
  ///   is that of the first wrong byte.
  /// - Complexity: O(bytes).
  public func withDocument<Result>(
    _ bytes: UnsafeRawBufferPointer,
    capacity: Int? = nil,
    _ body: (JSONElement) -> Result
  ) throws(JSONReadError) -> Result {
    let root = try parse(bytes, capacity: capacity ?? bytes.count)
    defer { withExtendedLifetime(self) {} }
    return body(root)
  }

  /// Parses a document of an array and hands its root to a closure.
  ///
  /// - Throws: `JSONReadError` as the form for buffers does.
  public func withDocument<Result>(
    _ bytes: [UInt8],
    _ body: (JSONElement) -> Result
  ) throws(JSONReadError) -> Result {
    let result: Swift.Result<Result, JSONReadError> = bytes.withUnsafeBytes { buffer in
      do throws(JSONReadError) {
        return .success(try withDocument(buffer, body))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func parse(
    _ bytes: UnsafeRawBufferPointer,
    capacity: Int
  ) throws(JSONReadError) -> JSONElement {
    guard let parser else {
      throw JSONReadError(kind: .outOfMemory, offset: 0, reason: "the parser was not made")
    }
    guard bytes.count > 0, let start = bytes.baseAddress else {
      throw JSONReadError(kind: .notJSON, offset: 0, reason: "there are no bytes")
    }
    var root = csj_element()
    let document = start.assumingMemoryBound(to: UInt8.self)
    let status = csj_parse(parser, document, bytes.count, capacity, &root)
    guard status == CSJ_OK else { throw JSONReader.explain(status, bytes) }
    return JSONElement(root)
  }

  /// Reads the document once more, slowly, to say what is wrong with it and where.
  private static func explain(
    _ status: csj_status,
    _ bytes: UnsafeRawBufferPointer
  ) -> JSONReadError {
    if status == CSJ_NO_MEMORY {
      return JSONReadError(kind: .outOfMemory, offset: 0, reason: "\(bytes.count) bytes")
    }
    var scanner = JSONScanner(bytes)
    do throws(JSONReadError) {
      try scanner.scanDocument()
    } catch {
      return error
    }
    if status == CSJ_TOO_DEEP {
      let offset = scanner.deepestOffset
      return JSONReadError(kind: .notExtractable, offset: offset, reason: "nested too deeply")
    }
    if status == CSJ_TOO_LARGE {
      return JSONReadError(kind: .notExtractable, offset: 0, reason: "the document is too large")
    }
    if let odd = scanner.firstOddity {
      return JSONReadError(kind: .notExtractable, offset: odd.offset, reason: odd.reason)
    }
    return JSONReadError(kind: .notExtractable, offset: 0, reason: "the parser refuses it")
  }
}
