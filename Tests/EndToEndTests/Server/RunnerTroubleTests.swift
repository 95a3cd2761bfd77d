import Foundation
import TestSupport
import Testing
import Values

/// What a runner makes of hooks, files and people that keep it from starting something.
@Suite(.waiting) struct RunnerTroubleTests {
  /// A store with an endpoint's flow that waits so many seconds, called by the hook `good`.
  private func withFlow(
    waiting seconds: Double = 0,
    _ body: (ProgramStore, _ secret: String) throws -> Void
  ) throws {
    var flow = FlowBuilder("endpoint")
    flow.card("api", "http:accept", outputs: ["raw/body"])
    if seconds > 0 {
      flow.card(
        "wait",
        "control:wait",
        ["delay:number": .constant(.number(seconds)), "unit": .constant("second")]
      )
    }
    try withProgramStore { store in
      let file = store.folder + "/flow.flopack"
      try write(String(decoding: FlowBuilder.export([flow]), as: UTF8.self), to: file)
      try store.must("flow", "add", file)
      try body(store, try store.addHook(#"{"name":"good","flow":"endpoint","format":"json"}"#))
    }
  }

  private func post(_ served: ServedStore, _ hook: String, _ secret: String, _ number: Int) throws {
    let answer = try HTTPExchange(
      "POST",
      "/hooks/\(hook)",
      port: served.port,
      [("x-auditcli-token", secret)],
      body: Array(#"{"number":\#(number)}"#.utf8)
    )
    #expect(answer.status == 204)
  }

  private func wait(for isSo: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try isSo() { return }
      usleep(100_000)
    }
  }

  private func succeeded(_ store: ProgramStore) throws -> Int {
    try store.history().filter { $0.string("status") == "succeeded" }.count
  }

  @Test func `a hook whose flow is not there keeps no other from starting its own`() throws {
    try withFlow { store, good in
      let bad = try store.addHook(#"{"name":"bad","flow":"mistyped","format":"json"}"#)
      let served = try ServedStore(store)
      try store.must("runner", "pause")
      try wait { try HTTPExchange("GET", "/healthz", port: served.port).status == 200 }
      usleep(500_000)
      for number in 0..<6 {
        try post(served, number % 2 == 0 ? "good" : "bad", number % 2 == 0 ? good : bad, number)
      }
      try store.must("runner", "resume")
      try wait { try succeeded(store) == 3 }
      try wait { try store.events("start.failed").count == 3 }
      served.stop()
      #expect(try succeeded(store) == 3)
      let failures = try store.events("start.failed")
      #expect(failures.count == 3)
      #expect(served.messages.contains("mistyped"))
    }
  }

  @Test func `a file of secrets that cannot be read for a while loses nothing`() throws {
    try withFlow { store, secret in
      let served = try ServedStore(store)
      let path = store.path + ".hooks.json"
      let file = try String(contentsOfFile: path, encoding: .utf8)
      try store.must("runner", "pause")
      usleep(500_000)
      try post(served, "good", secret, 1)
      try write("{", to: path)
      try store.must("runner", "resume")
      try wait { try succeeded(store) == 1 }
      // Whoever is known is believed meanwhile.
      try post(served, "good", secret, 2)
      let nowhere = try HTTPExchange("GET", "/nowhere", port: served.port)
      #expect(nowhere.status == 404)
      try write(file, to: path)
      try wait { try succeeded(store) == 2 }
      served.stop()
      #expect(try succeeded(store) == 2)
      #expect(try store.events("start.failed").isEmpty)
    }
  }

  @Test func `a run with scripted answers does not stand for the one that a delivery starts`()
    throws
  {
    try withFlow { store, secret in
      let served = try ServedStore(store)
      try store.must("runner", "pause")
      usleep(500_000)
      try post(served, "good", secret, 1)
      let delivery = try #require(try store.events("inbound.json").first)
      guard case .number(let position)? = delivery["position"] else { return }
      try store.must("run", "endpoint", "--event", "\(Int(position))", "--answers", "typed")
      try store.must("runner", "resume")
      try wait { try store.history().contains { $0.string("mode") == "live" } }
      served.stop()
      #expect(try store.history().map { $0.string("mode") }.sorted() == ["live", "local"])
    }
  }

  @Test func `what waited is shared by all workers, and a pause or an end stops what is not begun`()
    throws
  {
    try withFlow(waiting: 1) { store, secret in
      let served = try ServedStore(store, "--workers", "4")
      try store.must("runner", "pause")
      usleep(500_000)
      for number in 0..<40 { try post(served, "good", secret, number) }
      try store.must("runner", "resume")
      // More than one at a time.
      try wait { try store.history().filter { $0.string("status") == "running" }.count > 1 }
      try store.must("runner", "pause")
      usleep(500_000)
      let begun = try store.history().count
      #expect(begun < 40)
      served.stop()
      #expect(try store.history().count <= begun + 4)
      let next = try ServedStore(store, "--workers", "4")
      try store.must("runner", "resume")
      try wait { try succeeded(store) == 40 }
      next.stop()
      #expect(try store.history().count == 40)
      #expect(try succeeded(store) == 40)
    }
  }

  @Test func `what was looked at while a flow was off is not started by the next server`() throws {
    try withFlow { store, secret in
      try store.must("flow", "deactivate", "endpoint")
      let served = try ServedStore(store)
      for number in 0..<5 { try post(served, "good", secret, number) }
      try wait { try !store.events("runner.advanced").isEmpty && advanced(store) }
      try store.must("flow", "activate", "endpoint")
      served.kill()
      let next = try ServedStore(store)
      try post(next, "good", secret, 5)
      try wait { try succeeded(store) == 1 }
      next.stop()
      #expect(try store.history().count == 1)
    }
  }

  /// Whether the journal tells that the last delivery was looked at.
  private func advanced(_ store: ProgramStore) throws -> Bool {
    let last = try store.events("inbound.json").last?["position"]
    guard case .number(let delivery)? = last, let event = try store.events("runner.advanced").last,
      case .object(let data)? = event["data"], case .number(let told)? = data["position"]
    else { return false }
    return told > delivery
  }

  static let paths: [(path: String, isTaken: Bool)] = [
    ("/api/flo/4c1afd8decca75bc2d9b0ae96c1c300e/invoke", true), ("/typeform/in", true),
    ("/hooks/own", true), ("/hooks/okta/own", true), ("/hooks/good", false), ("/healthz", false),
    ("/metrics", false), ("/api/runner/pause", false), ("/api/v1/logs", false), ("/x?y", false),
    ("/x y", false), ("/x%2e", false), ("/", false),
  ]

  @Test(arguments: paths)
  func `a path that nothing comes in at, or that is another's, is refused`(
    _ given: (path: String, isTaken: Bool)
  ) throws {
    try withProgramStore { store in
      _ = try store.addHook(#"{"name":"good","format":"json"}"#)
      try write(
        #"{"name":"own","format":"json","path":"\#(given.path)"}"#,
        to: store.folder + "/own.json"
      )
      let run = try store.run("hook", "add", store.folder + "/own.json")
      #expect(run.status == (given.isTaken ? 0 : 1), "\(run)")
      #expect(given.isTaken || run.messages.contains("path"))
    }
  }
}
