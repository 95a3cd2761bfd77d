internal import Crypto
internal import EventStore
internal import Values

/// Writes values for one recording: short ones in place, long ones by reference.
struct ValueShelf {
  /// A value whose encoded form is longer stands as a reference; part of the format.
  static let limit = 512

  private let owner: [UInt8]
  private let salt: [UInt8]
  private let savesValues: Bool
  private var known: Set<[UInt8]> = []
  /// The values that were put by and not yet taken.
  private var gathered: [StoredValue] = []
  private(set) var gatheredSize = 0

  init(_ root: RecordingHeader) {
    owner = root.execution.bytes
    salt = root.salt
    savesValues = root.savesValues
  }

  /// Writes a value as it stands in an event.
  mutating func write(_ value: Value, to writer: inout JSONWriter) {
    writer.separate()
    let start = writer.bytes.count
    writer.append(value)
    guard writer.bytes.count - start > Self.limit || !savesValues else { return }
    let bytes = writer.takeLast(from: start)
    var digest = SHA256()
    digest.update(data: salt)
    digest.update(data: bytes)
    let hash = Array(digest.finalize())
    if savesValues, known.insert(hash).inserted {
      gathered.append(StoredValue(owner: owner, hash: hash, bytes: bytes))
      gatheredSize += bytes.count
    }
    writer.beginObject()
    writer.key(RecordedKey.reference)
    writer.beginObject()
    writer.key(RecordedKey.length)
    writer.integer(bytes.count)
    writer.key(RecordedKey.sha256)
    writer.hexadecimal(hash.span)
    writer.endObject()
    writer.endObject()
  }

  /// Writes the members of an object, each as it stands in an event.
  mutating func write(_ object: Object, to writer: inout JSONWriter) {
    writer.beginObject()
    object.forEachMember { key, value in
      writer.key(once: key)
      write(value, to: &writer)
    }
    writer.endObject()
  }

  /// Writes values under keys that are written already, each as it stands in an event.
  mutating func write(_ values: [Value], under keys: [JSONKey], to writer: inout JSONWriter) {
    writer.beginObject()
    for place in keys.indices {
      writer.key(keys[place])
      write(values[place], to: &writer)
    }
    writer.endObject()
  }

  /// The long values since the last call.
  mutating func takeValues() -> [StoredValue] {
    defer {
      gathered = []
      gatheredSize = 0
    }
    return gathered
  }
}
