import Flows
import TestSupport
import Testing
import Values

@Suite struct WaitUntilTests {
  private static let now = Instant(milliseconds: 1_780_000_000_000)

  /// A run of the card at a date, its clock standing.
  private func run(until date: Value) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("until", "control:until", ["date:Date": .constant(date)])
    main.card("after", "control:noop")
    return try ScriptedRun([main]) { request in
      request.ask == .ambient(.now) ? .value(.date(Self.now)) : .value(.null)
    }
  }

  @Test func `waits for what is left until a date`() throws {
    let run = try run(until: .date(Instant(milliseconds: Self.now.milliseconds + 90_000)))
    #expect(run.requests.map(\.ask) == [.ambient(.now), .ambient(.wait(milliseconds: 90_000))])
    #expect(run.paths.contains("after"))
  }

  @Test(arguments: [Value.date(now), .date(Instant(milliseconds: 0)), "2001-01-01T00:00:00Z"])
  func `a past date is not waited for`(_ date: Value) throws {
    let run = try run(until: date)
    #expect(run.requests.map(\.ask) == [.ambient(.now)])
    #expect(run.paths.contains("after"))
  }

  @Test(arguments: [
    (Value.null, CardErrorKind.invalidTypeConversion), ("soon", .invalidTypeConversion),
    (.date(Instant(milliseconds: now.milliseconds + 31 * 86_400_000)), .invalidInput),
  ])
  func `what is no date, or too far ahead, fails`(_ date: Value, _ kind: CardErrorKind) throws {
    #expect(try run(until: date).outcome.end.error?.error.kind == kind)
  }
}
