public import Values

/// The zone file is damaged or of an unknown form; install the system's zone data anew.
public struct ZoneFileError: Error, Hashable, Sendable {
  /// What is wrong with the file.
  public let reason: String
}

/// A time zone as the system's zone files (TZif, RFC 8536) describe it.
public struct ZoneFile: Hashable, Sendable {
  /// The seconds since 1970 at which the zone's clocks change, ascending.
  private let transitions: [Int64]
  /// The type of local time that each transition begins.
  private let transitionTypes: [Int]
  private let types: [ZoneAnswer]
  /// The rule for all times after the last transition.
  private let rule: ZoneRule?

  /// Reads the bytes of a zone file.
  ///
  /// - Throws: `ZoneFileError` where the bytes are no zone file.
  public init(_ bytes: [UInt8]) throws(ZoneFileError) {
    var reader = ZoneFileReader(bytes)
    var header = try reader.header()
    var block = try reader.block(header, timeSize: 4)
    var rule: ZoneRule?
    if header.version >= UInt8(ascii: "2") {
      header = try reader.header()
      block = try reader.block(header, timeSize: 8)
      rule = try reader.footer()
    }
    transitions = block.transitions
    transitionTypes = block.transitionTypes
    types = block.types
    self.rule = rule
  }

  /// What the zone's clocks show at an instant.
  ///
  /// - Complexity: O(log *n*) in the number of transitions.
  public func answer(at instant: Instant) -> ZoneAnswer {
    let seconds = instant.wholeSeconds
    guard let last = transitions.last, seconds < last else {
      if let rule { return rule.answer(at: seconds) }
      return transitionTypes.last.map { types[$0] } ?? types[0]
    }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? types[0] : types[transitionTypes[low - 1]]
  }
}

// MARK: - Changes

extension ZoneFile {
  /// A zone whose clocks always show UTC.
  static let utc = ZoneFile(constant: .utc)

  private init(constant: ZoneAnswer) {
    (transitions, transitionTypes, types, rule) = ([], [], [constant], nil)
  }

  /// Seconds east of UTC that the clocks are at a time in seconds since 1970.
  func offset(at seconds: Int64) -> Int {
    let clamped = max(-Self.reach, min(Self.reach, seconds))
    return answer(at: Instant(milliseconds: clamped * 1000)).offsetSeconds
  }

  /// In seconds since 1970, where a damaged file may name any time; beyond it nothing changes.
  private static let reach: Int64 = 9_000_000_000_000

  /// When the clocks change next behind a time, in seconds since 1970; nil where they never do again.
  ///
  /// - Complexity: O(*n*) in the transitions that only change the clocks' name.
  func change(after seconds: Int64) -> Int64? {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    if let change = transitions[low...].first(where: isChange) { return change }
    guard let rule else { return nil }
    return rule.changes(after: max(seconds, transitions.last ?? seconds)).first(where: isChange)
  }

  private func isChange(_ seconds: Int64) -> Bool {
    (-Self.reach...Self.reach).contains(seconds) && offset(at: seconds) != offset(at: seconds - 1)
  }

  /// When the clocks show a time, in seconds since 1970, the first time that they do; a time that they
  /// skip is when they would have shown it without the change.
  func instant(ofWall wall: Int64) -> Int64 {
    let former = offset(at: wall - 86_400 - Int64(offset(at: wall)))
    let early = wall - Int64(former)
    guard offset(at: early) != former else { return early }
    let late = wall - Int64(offset(at: early))
    return offset(at: late) == offset(at: early) ? late : early
  }
}

/// Reads the parts of a zone file one after another.
private struct ZoneFileReader {
  struct Header {
    let version: UInt8
    let counts: [Int]
    var utcIndicators: Int { counts[0] }
    var standardIndicators: Int { counts[1] }
    var leapSeconds: Int { counts[2] }
    var transitions: Int { counts[3] }
    var types: Int { counts[4] }
    var designations: Int { counts[5] }
  }

  struct Block {
    let transitions: [Int64]
    let transitionTypes: [Int]
    let types: [ZoneAnswer]
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  mutating func header() throws(ZoneFileError) -> Header {
    guard Array(try take(4)) == Array("TZif".utf8) else {
      throw ZoneFileError(reason: "It does not begin with TZif.")
    }
    let version = try take(16).first ?? 0
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(Int(try number(4))) }
    return Header(version: version, counts: counts)
  }

  mutating func block(_ header: Header, timeSize: Int) throws(ZoneFileError) -> Block {
    guard (1...256).contains(header.types) else {
      throw ZoneFileError(reason: "It has \(header.types) types of local time.")
    }
    // Nothing is reserved by the counts: a false count runs out of bytes first.
    let times = try take(header.transitions * timeSize)
    let typeIndices = try take(header.transitions).map(Int.init)
    guard typeIndices.allSatisfy({ $0 < header.types }) else {
      throw ZoneFileError(reason: "A transition names a type that is not there.")
    }
    let typeBytes = try take(header.types * 6)
    let designations = try take(header.designations)
    _ = try take(header.leapSeconds * (timeSize + 4))
    _ = try take(header.standardIndicators)
    _ = try take(header.utcIndicators)
    let transitions = stride(from: times.startIndex, to: times.endIndex, by: timeSize).map {
      Self.signed(times[$0..<($0 + timeSize)])
    }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ZoneFileError(reason: "Its transitions are not in order.")
    }
    var types: [ZoneAnswer] = []
    for start in stride(from: typeBytes.startIndex, to: typeBytes.endIndex, by: 6) {
      types.append(try Self.type(typeBytes[start..<(start + 6)], designations: designations))
    }
    return Block(transitions: transitions, transitionTypes: typeIndices, types: types)
  }

  mutating func footer() throws(ZoneFileError) -> ZoneRule? {
    guard rest.first == UInt8(ascii: "\n"),
      let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\n"))
    else { throw ZoneFileError(reason: "Its footer is missing.") }
    let text = Array(rest[(rest.startIndex + 1)..<end])
    guard !text.isEmpty else { return nil }
    guard let rule = ZoneRule(text) else {
      throw ZoneFileError(reason: "The rule in its footer cannot be read.")
    }
    return rule
  }

  private mutating func take(_ count: Int) throws(ZoneFileError) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw ZoneFileError(reason: "It ends too early.") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func number(_ size: Int) throws(ZoneFileError) -> UInt32 {
    try take(size).reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func signed(_ bytes: ArraySlice<UInt8>) -> Int64 {
    let start: Int64 = (bytes.first ?? 0) >= 0x80 ? -1 : 0
    return bytes.reduce(start) { $0 << 8 | Int64($1) }
  }

  private static func type(
    _ bytes: ArraySlice<UInt8>,
    designations: ArraySlice<UInt8>
  ) throws(ZoneFileError) -> ZoneAnswer {
    let offset = signed(bytes.prefix(4))
    let name = designations.dropFirst(Int(bytes.last ?? 0)).prefix { $0 != 0 }
    guard abs(offset) <= 172_800 else {
      throw ZoneFileError(reason: "A type of local time is more than two days from UTC.")
    }
    return ZoneAnswer(
      offsetSeconds: Int(offset),
      abbreviation: Text(String(decoding: name, as: UTF8.self))
    )
  }
}
