import TestSupport
import Testing
import Values

/// What `show` tells of executions, and which beginnings of ids it takes.
@Suite struct ShowTests {
  private let store: ProgramStore
  private let all: [Object]

  init() throws {
    store = try ToldStore.store.get()
    all = try store.must("history", "--all", "--json").objects().filter { $0["execution"] != nil }
  }

  @Test func `before the steps stands how the execution began and how it ended`() throws {
    let failed = try #require(all.first { $0["status"] == "failed" && $0["parent"] == .null })
    let lines = try store.must("show", failed.string("execution")).lines
    #expect(lines[0] == "failed  Breached credential@1")
    #expect(lines.contains("execution  \(failed.string("execution"))"))
    #expect(
      lines.contains { $0.hasPrefix("started    2") && $0.contains(" by tester@example.com") }
    )
    #expect(lines.contains { $0.hasPrefix("by event   ") && $0.contains("com.okta.event_hook") })
    #expect(lines.contains("answered   200"))
    #expect(lines.contains("error      No Slack user has this mail address."))
  }

  @Test func `a called execution shows its own steps and who called it`() throws {
    for child in all where child["parent"] != .null {
      let (id, parent) = (child.string("execution"), child.string("parent"))
      let steps = try store.must("show", id, "--json").objects().filter { $0["step"] != nil }
      #expect(child["steps"] == .number(Double(steps.count)))
      #expect(steps.allSatisfy { $0["execution"] == .text(Text(id)) })
      let lines = try store.must("show", id).lines
      #expect(lines.contains { $0.hasPrefix("called by  \(parent) at ") }, "\(lines)")
      let above = try store.must("show", parent, "--tree").lines
      #expect(above.contains("  called \(id)"), "\(above)")
    }
  }

  @Test func `the tree of an execution holds the steps of what it called`() throws {
    let root = try #require(all.first { $0["parent"] == .null })
    let tree = try store.must("show", root.string("execution"), "--tree", "--json").objects()
    let below = all.filter { $0["root"] == root["execution"] }
    let ran = Set(tree.compactMap { $0["execution"] })
    #expect(ran == Set(below.compactMap { $0["execution"] }))
  }

  @Test func `the beginning of an id is enough for show, replay and trace`() throws {
    let id = try ToldStore.executions.get()[0]
    let beginning = String(id.prefix(8))
    #expect(try store.must("show", beginning).output == store.must("show", id).output)
    let step = try store.must("show", id, "--json").firstObject().string("step")
    #expect(
      try store.must("trace", "\(beginning)/\(step)", "--up").output
        == store.must("trace", "\(id)/\(step)", "--up").output
    )
    #expect(try store.must("trace", beginning).output == store.must("trace", id).output)
    #expect(try store.must("replay", beginning).output == store.must("replay", id).output)
    let short = try store.run("show", "x" + String(id.prefix(2)))
    #expect(short.status == 1)
  }

  @Test func `three characters name no alert, the first of one id do`() throws {
    try withProgramStore { store in
      try store.must("ingest", Fixtures.path("events/breached-credential-deliveries.ndjson"))
      let run = try store.run("alerts", "ack", "bc-")
      #expect(
        run.messages.contains("there is no alert bc-"),
        "three characters are too few: \(run)"
      )
      let alerts = try store.must("alerts", "--json").objects().compactMap { $0["alert"] }
      let (first, second) = (alerts[0].text, alerts[1].text)
      let common = zip(first, second).prefix { $0 == $1 }.count
      #expect(common >= 3)
      let unique = String(first.prefix(12))
      #expect(try store.must("alerts", "ack", unique).lines == ["\(first) is acknowledged"])
    }
  }

  @Test func `a beginning of several executions is refused with all of them`() throws {
    try withProgramStore { store in
      let log = String(decoding: try Fixtures.bytes("events/execution-log.ndjson"), as: UTF8.self)
      let path = store.folder + "/log.ndjson"
      try write(log.replacing("a8fca724-b656", with: "52fb0000-b656"), to: path)
      try store.must("ingest", path)
      let ids = try store.must("history", "--json").objects().map { $0.string("execution") }
        .filter { $0.hasPrefix("52fb") }
      #expect(ids.count == 2)
      for command in ["show", "replay"] {
        let run = try store.must(command, "52fb", endWith: 1)
        #expect(run.messages.contains("52fb begins 2 ids"), "\(run)")
        for id in ids { #expect(run.messages.contains(id), "\(run)") }
      }
    }
  }
}

extension Value {
  fileprivate var text: String { if case .text(let text) = self { text.description } else { "" } }
}
