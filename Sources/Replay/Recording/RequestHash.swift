internal import Crypto
internal import Flows
public import Values

/// The SHA-256 of a request's canonical form: equal requests have equal hashes.
public struct RequestHash: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The hash of a request.
  ///
  /// - Complexity: O(*n*) in the size of the request.
  public init(_ request: Value) {
    var writer = Self.writer()
    writer.append(request)
    self.init(of: writer)
  }

  private init(of writer: JSONWriter) {
    bytes = Array(SHA256.hash(data: writer.bytes))
  }

  /// The hash of the request's value, which is not made.
  init(_ request: ConnectorRequest) {
    guard let (form, inputs) = request.written else {
      self.init(request.value)
      return
    }
    func write(_ members: [WrittenRequest.Member], to writer: inout JSONWriter) {
      writer.beginObject()
      for member in members {
        writer.key(member.key)
        writer.value(inputs[member.input])
      }
      writer.endObject()
    }
    var writer = Self.writer()
    writer.beginObject()
    writer.key(RecordedKey.connection)
    writer.fragment(form.connection)
    writer.key(RecordedKey.connector)
    writer.fragment(form.connector)
    writer.key(RecordedKey.inputs)
    write(form.sortedInputs, to: &writer)
    writer.key(RecordedKey.method)
    writer.fragment(form.method)
    writer.key(RecordedKey.options)
    write(form.sortedOptions, to: &writer)
    writer.endObject()
    self.init(of: writer)
  }

  private static func writer() -> JSONWriter {
    JSONWriter(form: .canonicalRecorded, capacity: 512)
  }

  /// Makes a hash of its hexadecimal digits, or nil where the text is no such hash.
  public init?(hexadecimal text: Text) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The hash as 64 lower-case hexadecimal digits.
  public var hexadecimal: Text { Hexadecimal.encode(bytes) }
}

extension RequestHash: CustomStringConvertible {
  /// The hash as hexadecimal digits.
  public var description: String { hexadecimal.description }
}
