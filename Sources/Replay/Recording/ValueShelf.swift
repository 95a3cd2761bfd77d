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

  /// The value as it stands in an event.
  mutating func tree(_ value: Value) -> Value {
    let tree = RecordedValue.encodeTree(value)
    if value.isShort, savesValues { return tree }
    let bytes = JSON.serialize(tree)
    guard bytes.count > Self.limit || !savesValues else { return tree }
    let hash = Array(SHA256.hash(data: salt + bytes))
    if savesValues, known.insert(hash).inserted {
      gathered.append(StoredValue(owner: owner, hash: hash, bytes: bytes))
      gatheredSize += bytes.count
    }
    let reference: Object = [
      "length": .number(Double(bytes.count)), "sha256": .text(Hexadecimal.encode(hash)),
    ]
    return ["$ref": .object(reference)]
  }

  /// The members of an object, each as it stands in an event.
  mutating func members(_ object: Object) -> Value {
    var members = Object()
    for (key, value) in object { members[key] = tree(value) }
    return .object(members)
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

extension Value {
  /// Whether the encoded form is short without looking.
  fileprivate var isShort: Bool {
    switch self {
    case .null, .boolean, .number, .date: true
    // A unit takes six bytes at most, `\u0000`.
    case .text(let text): text.bytes.count <= (ValueShelf.limit - 2) / 6
    case .list(let items): items.isEmpty
    case .object(let object): object.isEmpty
    case .file, .unknown: false
    }
  }
}
