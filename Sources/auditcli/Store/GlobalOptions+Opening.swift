internal import Audit
internal import EventStore
internal import Foundation

extension GlobalOptions {
  /// Opens the store for reading.
  ///
  /// - Throws: `EventLogError.noStore` where there is none.
  func openForReading(mapSize: Int? = nil) throws -> EventLog {
    if mapSize == nil { DamageSignals.tell() }
    let log = try EventLog(at: storePath, .readOnly, options: Self.options(mapSize: mapSize))
    if !log.isLocked, mapSize == nil {
      Output.message(
        "You cannot write the store's folder, so nothing holds up who can: while somebody appends, an "
          + "answer can be wrong."
      )
    }
    return log
  }

  /// Opens the store that flows are found in; nil where there is none, and all that are named are files.
  ///
  /// - Throws: `EventLogError.noStore` where there is none and a name is no file's.
  func openForReading(flows names: [String]) throws -> EventLog? {
    do {
      return try openForReading()
    } catch EventLogError.noStore where names.allSatisfy(NamedFlows.isExport) {
      return nil
    }
  }

  /// Opens the store for reading and appending, and makes it where there is none if `creating`.
  ///
  /// `tell` gets what there is to say while another process keeps this one from writing.
  func openForWriting(
    creating: Bool = true,
    tell: @escaping @Sendable (String) -> Void = { Output.message($0) }
  ) throws -> EventLog {
    if !creating { try EventLog.requireStore(at: storePath) }
    DamageSignals.tell()
    let waiting = WriterWatch(store: storePath, tell: tell)
    return try EventLog(at: storePath, options: Self.options(mapSize: nil, waiting: waiting))
  }

  private static func options(
    mapSize: Int?,
    waiting: WriterWatch? = nil
  ) -> EventLogOptions {
    EventLogOptions(
      mapSize: mapSize ?? 1 << 40,
      clock: ProcessWorld.now,
      entropy: ProcessWorld.entropy,
      projections: AuditViews.all,
      waiting: waiting
    )
  }
}
