public import Values

/// Answers zone look-ups from zone files that somebody else reads.
///
/// Reading a file is the surroundings' part: a driver hands in a closure, and may keep what it has
/// read. The engine itself never has a database; it asks an ``AmbientRequest``.
public struct ZoneDatabase: Sendable {
  private let file: @Sendable (_ name: String) -> ZoneFile?

  /// Makes a database; `file` reads the zone file of a name, and answers nil where there is none.
  ///
  /// The names that `file` is asked for have passed ``isName(_:)``.
  public init(file: @escaping @Sendable (_ name: String) -> ZoneFile?) {
    self.file = file
  }

  /// What a zone's clocks show at an instant; an unknown zone shows UTC, and says so.
  public func answer(zone name: Text, at instant: Instant) -> ZoneAnswer {
    guard Self.isName(name), let file = file(name.description) else { return .unknownZone }
    return file.answer(at: instant)
  }

  /// The zone of a name, nil where there is none; no name is that of UTC, which needs no file.
  func zone(_ name: Text) -> ZoneFile? {
    if name.isEmpty || name == "UTC" { return .utc }
    return Self.isName(name) ? file(name.description) : nil
  }

  /// Whether a text could be the name of a zone, and so of a file below the zone folder.
  ///
  /// A name comes from a flow: it must not lead out of the folder.
  public static func isName(_ name: Text) -> Bool {
    guard name.bytes.count <= 64, name.bytes.first?.isLetter == true else { return false }
    return name.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { $0.isLetter || $0.digit != nil || "_+-".utf8.contains($0) }
      }
  }
}
