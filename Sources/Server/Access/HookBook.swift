internal import Audit
internal import EventStore
internal import Synchronization

/// The hooks and their credentials as they are now, read again when they may have changed.
final class HookBook: Sendable {
  private let log: EventLog
  private let readCredentials: @Sendable () throws -> HookCredentials
  private let state = Mutex(State())

  private struct State {
    var read: Int64?
    var pages = Pages()
  }

  /// What was read at one moment.
  struct Pages: Sendable {
    fileprivate(set) var byName: [String: RegisteredHook] = [:]
    fileprivate(set) var byPath: [String: RegisteredHook] = [:]
    fileprivate(set) var credentials = HookCredentials()

    /// The hook whose deliveries come in at a path.
    func hook(at path: String) -> RegisteredHook? {
      if let hook = byPath[path] { return hook }
      for prefix in ["/hooks/okta/", "/hooks/"] where path.hasPrefix(prefix) {
        return byName[String(path.dropFirst(prefix.count))]
      }
      return nil
    }
  }

  /// For so many milliseconds nothing is read again.
  private static let age: Int64 = 1000

  init(_ log: EventLog, _ readCredentials: @escaping @Sendable () throws -> HookCredentials) {
    self.log = log
    self.readCredentials = readCredentials
  }

  /// What is known at a time, in milliseconds since 1970.
  ///
  /// - Throws: Where hooks or credentials cannot be read.
  func pages(at now: Int64) throws -> Pages {
    try state.withLock { state in
      if let read = state.read, (0..<Self.age).contains(now - read) { return state.pages }
      let hooks = try HookRegistry(log).list()
      var pages = Pages()
      pages.credentials = try readCredentials()
      for hook in hooks {
        pages.byName[hook.hook.name] = hook
        if let path = hook.hook.path { pages.byPath[path] = hook }
      }
      state.pages = pages
      state.read = now
      return pages
    }
  }
}
