import Flows
import Foundation
import Testing
import Values

@Suite struct ZoneTests {
  static let folder = "/usr/share/zoneinfo"
  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/Etc/UTC") }

  /// The machine's own zone files.
  static let database = ZoneDatabase { name in
    (FileManager.default.contents(atPath: folder + "/" + name)).flatMap { try? ZoneFile(Array($0)) }
  }

  @Test(
    .enabled(if: isPresent, "needs the system's zone files"),
    arguments: [
      ("America/Los_Angeles", "2016-09-07T00:01:25Z", -25_200, "PDT"),
      ("US/Pacific", "2016-12-07T00:00:00Z", -28_800, "PST"),
      ("US/Pacific", "2024-03-10T09:59:59Z", -28_800, "PST"),
      ("US/Pacific", "2024-03-10T10:00:00Z", -25_200, "PDT"),
      ("Europe/Berlin", "2150-07-01T00:00:00Z", 7_200, "CEST"),
      ("Europe/Berlin", "2150-12-31T23:59:59Z", 3_600, "CET"),
      ("Europe/Dublin", "2150-01-01T00:00:00Z", 0, "GMT"),
      ("Europe/Dublin", "2150-07-01T00:00:00Z", 3_600, "IST"),
      ("Asia/Kolkata", "2026-01-01T00:00:00Z", 19_800, "IST"),
      ("Australia/Lord_Howe", "2026-01-01T00:00:00Z", 39_600, "+11"),
      ("America/New_York", "1800-01-01T00:00:00Z", -17_762, "LMT"),
      ("Etc/UTC", "2026-01-01T00:00:00Z", 0, "UTC"),
      ("Africa/Casablanca", "2026-06-01T00:00:00Z", 3_600, "+01"),
    ]
  )
  func `the system's zones are read`(
    _ name: String,
    _ iso: String,
    _ offset: Int,
    _ abbreviation: String
  ) throws {
    let instant = try #require(Instant(iso8601: Text(iso)))
    #expect(
      Self.database.answer(zone: Text(name), at: instant)
        == ZoneAnswer(offsetSeconds: offset, abbreviation: Text(abbreviation))
    )
  }

  @Test(
    .enabled(if: isPresent, "needs the system's zone files"),
    arguments: ["America/New_York", "Europe/London", "Pacific/Apia", "America/Sao_Paulo"]
  )
  func `offsets agree with another reader of the zone files`(_ name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    for day in stride(from: -20_000, to: 50_000, by: 61) {
      let seconds = Int64(day) * 86_400 + 43_200
      let answer = Self.database.answer(
        zone: Text(name),
        at: Instant(milliseconds: seconds * 1_000)
      )
      let date = Date(timeIntervalSince1970: Double(seconds))
      #expect(answer.offsetSeconds == zone.secondsFromGMT(for: date), "\(date)")
    }
  }

  @Test(arguments: [
    "", "../etc/passwd", "/etc/passwd", "America/../x", "a//b", "A b", "é", "Zone\0",
  ])
  func `a name that is none never reaches the files`(_ name: String) {
    let database = ZoneDatabase { name in
      Issue.record("asked for \(name)")
      return nil
    }
    #expect(database.answer(zone: Text(name), at: Instant(milliseconds: 0)) == .unknownZone)
  }

  @Test func `a zone that does not exist shows UTC and says so`() {
    let answer = ZoneDatabase { _ in nil }.answer(
      zone: "America/Pacific",
      at: Instant(milliseconds: 0)
    )
    #expect(answer.offsetSeconds == 0)
    #expect(!answer.isKnown)
  }

  /// A file of version 2 without transitions, whose footer is `rule`.
  static func bytes(rule: String, transitions: UInt8 = 0) -> [UInt8] {
    let header = Array("TZif2".utf8) + Array(repeating: 0, count: 15)
    let counts: [UInt8] = [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, transitions, 0, 0, 0, 1, 0, 0, 0, 4,
    ]
    let block: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("LMT\0".utf8)
    return header + counts + block + header + counts + block + Array("\n\(rule)\n".utf8)
  }

  @Test(arguments: [
    ("XST-1", "2026-07-01T00:00:00Z", 3_600, "XST"),
    ("<-03>3", "2026-07-01T00:00:00Z", -10_800, "-03"),
    ("XST5XDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -14_400, "XDT"),
    ("XST5XDT,M3.2.0,M11.1.0", "2026-12-01T00:00:00Z", -18_000, "XST"),
    ("XST-10XDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600, "XDT"),
    ("XST-10XDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00Z", 36_000, "XST"),
    ("XST0XDT,J60,J61", "2024-03-01T02:30:00Z", 3_600, "XDT"),
    ("XST0XDT,59,60", "2024-02-29T02:30:00Z", 3_600, "XDT"),
    ("XST5XDT,0/0,J365/25", "2026-12-31T23:00:00Z", -14_400, "XDT"),
    ("XST3:30:15", "2026-01-01T00:00:00Z", -12_615, "XST"),
    ("", "2026-01-01T00:00:00Z", 0, "LMT"),
  ])
  func `the rule of the footer holds after the transitions`(
    _ rule: String,
    _ iso: String,
    _ offset: Int,
    _ abbreviation: String
  ) throws {
    let file = try ZoneFile(Self.bytes(rule: rule))
    let instant = try #require(Instant(iso8601: Text(iso)))
    #expect(
      file.answer(at: instant)
        == ZoneAnswer(offsetSeconds: offset, abbreviation: Text(abbreviation))
    )
  }

  @Test(arguments: ["XST", "1", "XST5XDT", "XST5XDT,M13.1.0,M1.1.0", "XST99", "XST5 ", "<>", "<a"])
  func `a rule that cannot be read is refused`(_ rule: String) {
    #expect(throws: ZoneFileError.self) { try ZoneFile(Self.bytes(rule: rule)) }
  }

  @Test func `instants at either end of time are answered`() throws {
    let file = try ZoneFile(Self.bytes(rule: "XST5XDT,M3.2.0,M11.1.0"))
    for milliseconds in [Int64.min, .max] {
      _ = file.answer(at: Instant(milliseconds: milliseconds))
    }
  }

  @Test func `damaged files are refused and never trap`() {
    let whole = Self.bytes(rule: "XST5XDT,M3.2.0,M11.1.0")
    for length in whole.indices {
      #expect(throws: ZoneFileError.self) { try ZoneFile(Array(whole[..<length])) }
    }
    for position in whole.indices {
      for byte: UInt8 in [0, 1, 0x7F, 0xFF] {
        var damaged = whole
        damaged[position] = byte
        _ = (try? ZoneFile(damaged))?.answer(at: Instant(milliseconds: 0))
      }
    }
  }
}
