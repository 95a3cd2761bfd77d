import Audit
import EventStore
import TestSupport
import Values

/// A log with a hook for Okta's deliveries, and an intake of it.
enum HookedLog {
  static func with(_ body: (EventLog, RegisteredHook, DeliveryIntake) throws -> Void) throws {
    try withTemporaryLog(projections: AuditViews.all) { log in
      let registry = HookRegistry(log)
      try registry.add(
        ["name": "h", "format": "okta-event-hook"],
        credential: nil,
        by: .init(actor: "ada@example.com", why: nil)
      )
      try body(log, try registry.hook("h"), try DeliveryIntake(log))
    }
  }
}
