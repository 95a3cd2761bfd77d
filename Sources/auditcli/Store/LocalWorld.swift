internal import Flows
internal import Foundation
internal import Replay
internal import Values

/// What local runs take from this machine: clock, randomness, ids and time zones.
enum LocalWorld {
  /// The sources, for drivers.
  static let sources = AmbientSources(
    now: { Instant(milliseconds: ProcessWorld.now()) },
    random: { count in
      (0..<count).map { _ in
        // The 53 bits a double holds between 0 and 1.
        let bits = ProcessWorld.entropy(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) / Double(UInt64(1) << 53)
      }
    },
    newID: { ExecutionID.text(of: ProcessWorld.entropy(ExecutionID.byteCount)) },
    zones: zones
  )

  /// The machine's time zones.
  static let zones = ZoneDatabase { name in
    let path = "/usr/share/zoneinfo/" + name
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    return try? ZoneFile(Array(bytes))
  }
}
