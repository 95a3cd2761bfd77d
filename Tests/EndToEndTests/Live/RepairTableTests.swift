import Foundation
import TestSupport
import Testing
import Values

/// Repairs of one plan that write tables which others of it read.
@Suite(.waiting) struct RepairTableTests {
  private static let tables: Object = [
    "t1": ["name": "Sent", "data": ["structure": [["name": "a", "type": "str"]]]]
  ]

  /// A flow that tells which rows a table has, and adds one.
  private static func add(to repaired: RepairedStore) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    repaired.ask(&flow, "ticket", "post", ["Request/URL": repaired.address("ticket")])
    flow.card(
      "rows",
      "stash:searchRows2",
      ["parameters/stash": .constant("t1"), "parameters/resultSet": .constant("all")],
      outputs: ["Result/Rows:object[]"]
    )
    flow.card(
      "told",
      "object:construct",
      ["rows": .custom(.wire("rows.Result/Rows"))],
      outputs: ["output:object"]
    )
    flow.card(
      "row",
      "stash:createRow",
      ["parameters/stash": .constant("t1"), "Fields/a": .constant("x")],
      outputs: ["Row/Row ID"]
    )
    repaired.ask(
      &flow,
      "message",
      "post",
      ["Request/URL": repaired.address("message"), "Request/Body:object": .wire("told.output")]
    )
    try repaired.store.add([flow], tables: tables)
  }

  @Test func `one that another of the plan has changed is left alone, and what to run is said`()
    throws
  {
    try RepairedStore.with { repaired in
      try Self.add(to: repaired)
      repaired.service.refuse("POST /ticket")
      let failed = try (0..<3).map { _ in try repaired.runFlow() }
      repaired.service.refuse()
      try repaired.plan("--reuse-reads")
      var outcomes = try repaired.apply(endWith: 2)
      #expect(outcomes.map { $0.string("outcome") } == ["repaired", "left alone", "left alone"])
      let reason = outcomes[1].string("reason")
      #expect(
        reason.contains("the table \"Sent\", which this plan's repair of \(failed[0]) has changed")
      )
      #expect(repaired.service.count("POST /message") == 1)
      // The remedy, followed to the letter, for one after the other.
      for number in 1...2 {
        let reason = outcomes[number].string("reason")
        let command = try #require(reason.split(separator: "`").dropFirst().first)
        #expect(command.hasPrefix("auditcli repair plan \(failed[number]) --with 'notify@"))
        #expect(command.contains(" --reuse-reads "))
        let file = "next-\(number).plan"
        try shell(String(command).replacing("FILE", with: file), in: repaired)
        let run = try repaired.store.must(
          ["repair", "apply", repaired.store.folder + "/" + file, "--json"] + repaired.connections
        )
        outcomes += try run.objects().filter { $0.has("outcome") }
      }
      #expect(outcomes.suffix(2).map { $0.string("outcome") } == ["repaired", "repaired"])
      #expect(repaired.service.count("POST /message") == 3)
      for execution in failed { #expect(try repaired.execution(execution).has("resolvedBy")) }
    }
  }

  @Test func `a table that somebody else has changed is named as well`() throws {
    try RepairedStore.with { repaired in
      try Self.add(to: repaired)
      repaired.service.refuse("POST /ticket")
      try repaired.runFlow()
      repaired.service.refuse()
      try repaired.plan()
      let other = try repaired.runFlow()
      let outcome = try #require(try repaired.apply(endWith: 2).first)
      #expect(outcome.string("reason").contains("the table \"Sent\", which \(other) has changed"))
      #expect(repaired.service.count("POST /message") == 1)
    }
  }
}

/// Runs a command as a shell reads it, on a store.
func shell(_ command: String, in repaired: RepairedStore) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  let program = "\(ProgramRun.path) --store '\(repaired.store.path)'"
  #expect(command.hasPrefix("auditcli "))
  process.arguments = ["-c", program + command.dropFirst("auditcli".count)]
  process.currentDirectoryURL = URL(fileURLWithPath: repaired.store.folder)
  process.standardOutput = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0, "\(command)")
}
