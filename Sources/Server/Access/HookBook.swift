internal import Audit
internal import EventStore
internal import Synchronization

/// The hooks and their credentials as they are now, looked at again when they may have changed.
///
/// Where the file of credentials cannot be read, such as while somebody writes it, those that were read
/// last are good.
final class HookBook: Sendable {
  private let log: EventLog
  private let readCredentials: @Sendable () throws -> HookCredentials
  private let report: @Sendable (String) -> Void
  private let state: Mutex<State>

  private struct State {
    /// When it was looked at last, in milliseconds since 1970.
    var read: Int64?
    /// How many changes of hooks were known then.
    var changes: Int?
    var byName: [String: RegisteredHook] = [:]
    /// The hooks by all paths at which their deliveries come in.
    var byPath: [String: RegisteredHook] = [:]
    var credentials: HookCredentials
    /// Why credentials could not be read, as it was told.
    var problem: String?
  }

  /// For so many milliseconds nothing is looked at again.
  private static let age: Int64 = 1000

  /// Opens the book of a log; `report` is told when credentials cannot be read later on.
  ///
  /// - Throws: Where credentials cannot be read.
  init(
    _ log: EventLog,
    _ readCredentials: @escaping @Sendable () throws -> HookCredentials,
    report: @escaping @Sendable (String) -> Void
  ) throws {
    self.log = log
    self.readCredentials = readCredentials
    self.report = report
    state = Mutex(State(credentials: try readCredentials()))
  }

  /// The hook whose deliveries come in at a path, at a time in milliseconds since 1970; nil where there
  /// is none.
  ///
  /// - Throws: Where the log cannot be read.
  func hook(atPath path: String, at now: Int64) throws -> RegisteredHook? {
    try look(now) { $0.byPath[path] }
  }

  /// The hook of a name, as it is at a time.
  ///
  /// - Throws: Where the log cannot be read.
  func hook(_ name: String, at now: Int64) throws -> RegisteredHook? {
    try look(now) { $0.byName[name] }
  }

  /// The credentials, as they are at a time.
  ///
  /// - Throws: Where the log cannot be read.
  func credentials(at now: Int64) throws -> HookCredentials { try look(now) { $0.credentials } }

  private func look<Result>(_ now: Int64, _ body: (State) -> Result) throws -> Result {
    try state.withLock { state in
      if let read = state.read, (0..<Self.age).contains(now - read) { return body(state) }
      try readHooks(&state)
      state.read = now
      do {
        state.credentials = try readCredentials()
        state.problem = nil
      } catch {
        if state.problem != "\(error)" { report("\(error)") }
        state.problem = "\(error)"
      }
      return body(state)
    }
  }

  private func readHooks(_ state: inout State) throws {
    let registry = HookRegistry(log)
    let changes = try registry.changeCount()
    guard changes != state.changes else { return }
    let hooks = try registry.list()
    state.byName = Dictionary(hooks.map { ($0.hook.name, $0) }) { _, last in last }
    state.byPath = Dictionary(hooks.compactMap { hook in hook.hook.path.map { ($0, hook) } }) {
      _,
      last in last
    }
    // Where the paths of two meet, that of a name goes before one that was chosen.
    for prefix in ["/hooks/", "/hooks/okta/"] {
      for (name, hook) in state.byName { state.byPath[prefix + name] = hook }
    }
    state.changes = changes
  }
}
