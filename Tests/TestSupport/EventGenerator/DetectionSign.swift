internal import Values

/// What marks an entry for a detection: members that are laid over a generated entry.
///
/// What detections look for is rare in an org, and so in what `EventGenerator` draws. A sign stands
/// in one entry of a thousand, at a place that follows from its own place in the table, so that the
/// number of entries that carry it needs no counting.
public struct DetectionSign: Sendable {
  /// What the sign is called in the messages of a test.
  public let name: String
  /// The members it sets, as JSON; objects are merged, all else is replaced.
  let members: String

  init(_ name: String, _ members: String) {
    self.name = name
    self.members = members
  }

  /// In how many entries there is one with each sign.
  public static let period = 1_000

  /// The sign of an entry, by the entry's number; most have none.
  static func index(ofEntry number: Int) -> Int? {
    let place = number % period
    guard place % spacing == 0, place / spacing < all.count else { return nil }
    return place / spacing
  }

  /// How far apart signs are: entries between them are as drawn.
  private static let spacing = 20
}

/// Generated entries in which the signs of detections stand at known places.
public struct SignedEntries: Sendable {
  private var generator: EventGenerator
  private var number = 0
  private let signs: [Object]

  /// Makes the entries of `seed`.
  ///
  /// - Throws: `JSONError` where a sign is no JSON.
  public init(seed: UInt64) throws {
    generator = EventGenerator(seed: seed)
    signs = try DetectionSign.all.map { sign in
      guard case .object(let members) = try JSON.parse(Text(sign.members)) else { return [:] }
      return members
    }
  }

  /// The next entry: one line of compact JSON, without a line break.
  ///
  /// - Throws: `JSONError` where the generator wrote no JSON.
  public mutating func nextEntry() throws -> [UInt8] {
    let entry = generator.nextEvent()
    defer { number += 1 }
    guard let index = DetectionSign.index(ofEntry: number),
      case .object(var members) = try JSON.parse(entry)
    else { return entry }
    Self.lay(signs[index], over: &members)
    return JSON.serialize(.object(members))
  }

  private static func lay(_ sign: Object, over members: inout Object) {
    for (key, value) in sign {
      if case .object(let inner) = value, case .object(var outer)? = members[key] {
        lay(inner, over: &outer)
        members[key] = .object(outer)
      } else {
        members[key] = value
      }
    }
  }
}
