internal import Audit
internal import EventStore
internal import Foundation

extension GlobalOptions {
  /// Opens the store for reading.
  ///
  /// - Throws: `EventLogError.noStore` where there is none.
  func openForReading(mapSize: Int? = nil) throws -> EventLog {
    try EventLog(at: storePath, .readOnly, options: Self.options(mapSize: mapSize))
  }

  /// Opens the store for reading and appending, and makes it where there is none if `creating`.
  func openForWriting(creating: Bool = true) throws -> EventLog {
    guard creating || FileManager.default.fileExists(atPath: storePath + "/data.mdb") else {
      throw EventLogError.noStore(path: storePath)
    }
    return try EventLog(at: storePath, options: Self.options(mapSize: nil))
  }

  private static func options(mapSize: Int?) -> EventLogOptions {
    EventLogOptions(
      mapSize: mapSize ?? 1 << 40,
      clock: ProcessWorld.now,
      entropy: ProcessWorld.entropy,
      projections: AuditViews.all
    )
  }
}
