internal import EventStore
internal import Flows
public import Values

/// The SHA-256 of a request's canonical form: equal requests have equal hashes.
public struct RequestHash: Sendable {
  /// The 32 bytes.
  public let bytes: InlineArray<32, UInt8>

  /// The hash of a request.
  ///
  /// - Complexity: O(*n*) in the size of the request.
  public init(_ request: Value) {
    var writer = Self.writer()
    writer.append(request)
    self.init(of: writer)
  }

  private init(of writer: borrowing JSONWriter) {
    bytes = Digest(of: writer.bytes).bytes
  }

  /// The hash of the request's value, which is not made; `writer` is one of `writer()`'s.
  init(_ request: ConnectorRequest, with writer: inout JSONWriter) {
    writer.clear()
    guard let (form, inputs) = request.written else {
      writer.append(request.value)
      self.init(of: writer)
      return
    }
    writer.beginObject()
    writer.fragment(form.membersBeforeInputs)
    writer.key(RecordedKey.inputs)
    writer.members(form.sortedInputs, inputs)
    writer.fragment(form.membersBehindInputs)
    writer.key(RecordedKey.options)
    writer.members(form.sortedOptions, inputs)
    writer.endObject()
    self.init(of: writer)
  }

  /// What requests are written with to be hashed.
  static func writer() -> JSONWriter {
    JSONWriter(form: .canonicalRecorded, capacity: 512)
  }

  /// Makes a hash of its hexadecimal digits, or nil where the text is no such hash.
  public init?(hexadecimal text: Text) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else { return nil }
    self.bytes = InlineArray { bytes[$0] }
  }

  /// The hash as 64 lower-case hexadecimal digits.
  public var hexadecimal: Text { Hexadecimal.encode(list) }

  /// The bytes as a list.
  var list: [UInt8] { bytes.indices.map { bytes[$0] } }
}

extension RequestHash: Hashable {
  /// Whether both are of equal requests.
  public static func == (left: RequestHash, right: RequestHash) -> Bool {
    for place in left.bytes.indices where left.bytes[place] != right.bytes[place] { return false }
    return true
  }

  /// Feeds the bytes.
  public func hash(into hasher: inout Hasher) {
    for place in bytes.indices { hasher.combine(bytes[place]) }
  }
}

extension JSONWriter {
  fileprivate mutating func members(_ members: [WrittenRequest.Member], _ inputs: [Value]) {
    beginObject()
    for member in members {
      key(member.key)
      value(inputs[member.input])
    }
    endObject()
  }
}

extension RequestHash: CustomStringConvertible {
  /// The hash as hexadecimal digits.
  public var description: String { hexadecimal.description }
}
