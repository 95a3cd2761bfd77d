import TestSupport
import Values

/// A store in which the demo was told, made once for many tests.
enum ToldStore {
  /// The store for tests that only read it; it lives until the tests end.
  static let store = Result { try tell() }

  /// Another, for tests whose commands may append to it.
  static let appendable = Result { try tell() }

  /// Another, into which what Okta told of its own executions came at last.
  static let observing = Result {
    let store = try tell()
    try store.must("ingest", Fixtures.path("events/execution-log.ndjson"))
    return store
  }

  /// The roots' ids, the first execution first.
  static let executions: Result<[String], any Error> = Result {
    try store.get().history().map { $0.string("execution") }
  }

  private static func tell() throws -> ProgramStore {
    let folder = try makeLastingFolder()
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try store.must("demo", "--fixtures", Fixtures.path(""))
    return store
  }
}
