internal import Connectors
internal import Flows
internal import Foundation
internal import Replay
internal import Values

/// What live runs take from this machine and from the services behind it.
enum LiveWorld {
  /// Clock and sleep, for connectors.
  static let surroundings = Surroundings(
    now: { Instant(milliseconds: ProcessWorld.now()) },
    sleep: { sleep(milliseconds: $0) }
  )

  /// Connectors as a driver asks them.
  static func services(_ connectors: LiveConnectors) -> Services {
    @Sendable func route(_ asked: Services.Request) -> LiveRoute? {
      try? connectors.route(
        to: asked.request.method,
        connection: asked.request.connection,
        named: asked.connection
      )
    }
    return Services(
      missing: { method, connection, name in
        do throws(MissingRoute) {
          _ = try connectors.route(to: method, connection: connection, named: name)
          return nil
        } catch {
          return "\(error)"
        }
      },
      effect: { route($0)?.effect(of: $0.request) ?? .unsafe },
      perform: { asked in
        guard let route = route(asked) else {
          preconditionFailure("A request is sent only where a route was found.")
        }
        let reply = route.hiding(asked.hiddenTexts).perform(asked.request, key: asked.key)
        return Services.Reply(
          reply.answer,
          waitMilliseconds: reply.waitMilliseconds,
          isInDoubt: reply.isInDoubt
        )
      },
      ask: { (asked, sent) throws(CardError) in
        try route(asked)?.hiding(asked.hiddenTexts).ask(about: asked.request, sentAt: sent)
      },
      sleep: { sleep(milliseconds: $0) }
    )
  }

  private static func sleep(milliseconds: Double) {
    guard milliseconds > 0 else { return }
    Thread.sleep(forTimeInterval: min(milliseconds, 1e11) / 1_000)
  }
}
