import TestSupport
import Values

/// A store in which the demo was told, made once for all tests that only read it.
enum ToldStore {
  /// The store; it lives until the tests end.
  static let store: Result<ProgramStore, any Error> = Result {
    let folder = try makeLastingFolder()
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try store.must("demo", "--fixtures", Fixtures.path(""))
    return store
  }

  /// The roots' ids, the first execution first.
  static let executions: Result<[String], any Error> = Result {
    try store.get().history().map { $0.string("execution") }
  }
}
