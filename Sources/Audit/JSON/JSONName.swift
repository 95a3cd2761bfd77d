internal import CSimdJSON

/// A member's name prepared for looking it up many times.
///
/// Okta's documents and tools spell one field in several ways (`eventType`, `event_type`,
/// `EventType`). A look-up by `JSONName` therefore ignores ASCII case and underscores; of several
/// members that fit, one with the exact spelling wins, else the last.
public final class JSONName: Sendable {
  /// The name as given.
  public let spelling: [UInt8]
  /// The name in small letters without underscores.
  public let looseSpelling: [UInt8]
  private let storage: Storage

  /// Prepares a name.
  public init(_ spelling: some Sequence<UInt8>) {
    let exact = Array(spelling)
    let loose = exact.filter { $0 != UInt8(ascii: "_") }.map(\.asciiLowered)
    self.spelling = exact
    self.looseSpelling = loose
    self.storage = Storage(exact: exact, loose: loose)
  }

  /// Prepares a name known at compile time.
  public convenience init(_ name: StaticString) {
    self.init(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  var raw: csj_name { storage.name }
}

extension JSONName: Hashable {
  /// Two names are equal when their spellings are.
  public static func == (one: JSONName, other: JSONName) -> Bool { one.spelling == other.spelling }

  /// Hashes the spelling.
  public func hash(into hasher: inout Hasher) { hasher.combine(spelling) }
}

/// The bytes of both spellings at an address that does not move.
private final class Storage {
  let bytes: UnsafeMutablePointer<UInt8>
  let name: csj_name

  init(exact: [UInt8], loose: [UInt8]) {
    bytes = .allocate(capacity: max(1, exact.count + loose.count))
    bytes.initialize(from: exact + loose, count: exact.count + loose.count)
    name = csj_name(
      exact: csj_bytes(start: UnsafePointer(bytes), count: exact.count),
      loose: csj_bytes(start: UnsafePointer(bytes + exact.count), count: loose.count)
    )
  }

  deinit { bytes.deallocate() }
}

// The bytes are written in `init` and only read afterwards.
extension Storage: @unchecked Sendable {}
