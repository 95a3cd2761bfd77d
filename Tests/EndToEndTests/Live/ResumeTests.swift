import Foundation
import TestSupport
import Testing
import Values

/// Live runs that are killed, at moments of no one's choosing, and taken up again.
@Suite(.waiting) struct ResumeTests {
  private static let items = 8

  /// For each item: a read, a write that may be done twice, one that may not, and a row of a table.
  private func flows(_ url: String) -> [FlowBuilder] {
    var main = FlowBuilder("all")
    main.card("start", "control:callable")
    let list = (0..<Self.items).map { Value.object(["id": .text(Text("\($0)"))]) }
    main.card(
      "loop",
      "list:each",
      ["list:object[]": .constant(.list(list)), "flo:flo": .flow("one"), "id": .item("id")]
    )
    var one = FlowBuilder("one")
    one.card("start", "control:callable", outputs: ["id"])
    func ask(_ name: String, _ method: String) {
      one.card(
        name + "-url",
        "string:concat",
        ["a": .constant(.text(Text("\(url)/\(name)/"))), "b": .wire("start.id")],
        outputs: ["output"]
      )
      one.card(
        name,
        "httpfunctions:\(method)",
        ["Request/URL": .wire("\(name)-url.output"), "Request/Body:object": .constant(["a": 1])],
        outputs: ["Response/Status Code:number", "Response/Body:object"]
      )
    }
    ask("read", "get")
    ask("put", "put")
    ask("post", "post")
    one.card(
      "row",
      "stash:createRow",
      ["parameters/stash": .constant("t1"), "Fields/a": .wire("start.id")],
      outputs: ["Row/Row ID"]
    )
    return [main, one]
  }

  private static let tables: Object = [
    "t1": ["name": "Done", "data": ["structure": [["name": "a", "type": "str"]]]]
  ]

  private func cutExecution(_ store: ProgramStore) throws -> String? {
    try store.run("resume", "--list", "--json").objects().first { $0.has("execution") }?
      .string("execution")
  }

  /// Takes the run up until it has ended, and looks for the operator where it is in doubt.
  ///
  /// - Returns: How many doubts there were.
  private func finish(
    _ store: ProgramStore,
    _ service: CountingService,
    killing random: inout SplitMix64,
    rounds: Int
  ) throws -> Int {
    let connections = ["--connections", store.folder + "/connections.yaml"]
    var doubts = 0
    var kills = rounds
    for _ in 0..<60 {
      guard let execution = try cutExecution(store) else { return doubts }
      kills -= 1
      if kills > 0 {
        let limit = service.all + 1 + random.below(6)
        let arguments = ["--store", store.path, "resume", execution] + connections
        _ = try ProgramRun.kill(arguments, once: { service.all >= limit })
        continue
      }
      let run = try store.run(["resume", execution, "--json"] + connections)
      #expect([0, 2].contains(run.status), "\(run)")
      guard run.status == 2 else { continue }
      doubts += 1
      let open = try run.firstObject()
      guard case .text(let url)? = open.object("request").object("inputs")["Request/URL"] else {
        Issue.record("a doubt without its request: \(run)")
        return doubts
      }
      #expect(open.object("request").string("method") == "post")
      let path = url.description.replacing(#/^http:..[^\/]*/#, with: "")
      // What the killed process sent may still be on its way.
      Thread.sleep(forTimeInterval: 0.1)
      let word =
        service.count("POST \(path)") > 0
        ? ["--sent", open.string("name"), "--outputs", "{\"Response/Status Code\":200}"]
        : ["--not-sent", open.string("name")]
      let told = try store.run(
        ["resume", execution, "--json", "--why", "looked"] + word + connections
      )
      #expect([0, 2].contains(told.status), "\(told)")
    }
    Issue.record("the run does not come to its end")
    return doubts
  }

  @Test func `nothing unsafe is done twice and nothing is lost, whenever the program is killed`()
    throws
  {
    var random = SplitMix64(forTest: "killed live runs")
    var killed = 0
    var doubts = 0
    for _ in 0..<Torture.count(6, full: 50) {
      let service = CountingService(delay: 0.02)
      let server = try HTTPStandIn { service.answer($0) }
      defer { server.stop() }
      try withProgramStore { store in
        _ = try store.connections(
          "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
        )
        try store.add(flows(server.url), tables: Self.tables)
        let limit = random.below(3 * Self.items)
        let arguments = [
          "--store", store.path, "run", "all", "--live", "--connections",
          store.folder + "/connections.yaml",
        ]
        if try ProgramRun.kill(arguments, once: { service.all >= limit }) { killed += 1 }
        doubts += try finish(store, service, killing: &random, rounds: 3)
        // Killed before it began, it has done nothing.
        guard let execution = try store.history().first else {
          #expect(service.all == 0)
          return
        }
        #expect(execution.string("status") == "succeeded")
        for item in 0..<Self.items {
          #expect(service.count("POST /post/\(item)") == 1)
          #expect(service.count("PUT /put/\(item)") >= 1)
          #expect(service.count("GET /read/\(item)") >= 1)
        }
        let rows = try store.must("table", "show", "Done", "--json").objects()
        #expect(rows.filter { $0.has("row") }.count == Self.items)
        let replay = try store.must("replay", execution.string("execution"))
        #expect(replay.output.contains("1 identical"), "\(replay)")
      }
    }
    print("killed live runs: \(killed) killed at first, \(doubts) in doubt")
    #expect(killed > 0)
  }

  @Test func `a request in doubt waits for somebody's word, who and why are in the log`() throws {
    let service = CountingService(delay: 30)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      var flow = FlowBuilder("tell")
      flow.card("start", "control:callable")
      flow.card(
        "post",
        "httpfunctions:post",
        ["Request/URL": .constant(.text(Text(server.url + "/message")))],
        outputs: ["Response/Status Code:number", "Response/Body:object"]
      )
      flow.card(
        "end",
        "control:return",
        ["code": .wire("post.Response/Status Code")],
        outputs: ["code"]
      )
      try store.add([flow])
      let connections = [
        "--connections",
        try store.connections(
          "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
        ),
      ]
      let arguments = ["--store", store.path, "run", "tell", "--live"] + connections
      #expect(try ProgramRun.kill(arguments, once: { service.all == 1 }))
      let listed = try store.run("resume", "--list")
      #expect(listed.status == 2)
      #expect(listed.output.contains("httpfunctions:post"))
      let execution = try #require(try cutExecution(store))
      let doubtful = try store.run(["resume", "--all"] + connections)
      #expect(doubtful.status == 2)
      #expect(doubtful.output.contains("stays in doubt at post"))
      #expect(service.count("POST /message") == 1)
      // What a later card reads must be told.
      let name = try store.run("resume", "--list", "--json").firstObject().string("name")
      #expect(name.hasPrefix("post@"))
      let stale = try store.run(["resume", execution, "--not-sent", "post@1"] + connections)
      #expect(stale.status == 2)
      #expect(stale.messages.contains("which is \(name)"))
      let wrong = try store.run(
        ["resume", execution, "--sent", name, "--outputs", "{\"Response/Code\":1}"] + connections
      )
      #expect(wrong.messages.contains("the card gives no \"Response/Code\""))
      let typed = try store.run(
        ["resume", execution, "--sent", name, "--outputs", "{\"Response/Status Code\":\"x\"}"]
          + connections
      )
      #expect(typed.messages.contains("the card declares another type"))
      let elsewhere = try ProgramRun(["--store", store.path, "resume", execution], in: store.path)
      #expect(elsewhere.status == 2)
      #expect(elsewhere.messages.contains("there is no file of connections"))
      let short = try store.run(["resume", execution, "--sent", name] + connections)
      #expect(short.status == 2)
      #expect(short.messages.contains("\"Response/Status Code\""))
      try store.must(
        [
          "--actor", "ines@example.com", "resume", execution, "--sent", name, "--outputs",
          "{\"Response/Status Code\":202}", "--why", "the message is there",
        ] + connections
      )
      #expect(service.count("POST /message") == 1)
      #expect(try store.history()[0].string("status") == "succeeded")
      let shown = try store.must("show", execution).output
      #expect(
        shown.contains("by ines@example.com: said to be done at post, \"the message is there\"")
      )
      let events = try store.must("export", "--format", "jsonl").output
      #expect(events.contains("execution.resumed"))
      #expect(events.contains("the message is there"))
      #expect(events.contains("ines@example.com"))
      let again = try store.run(["resume", execution] + connections)
      #expect(again.status == 2)
      #expect(again.messages.contains("has ended already"))
      #expect(try store.must("replay", execution).output.contains("1 identical"))
    }
  }

  @Test func `a run that another process runs is not taken up`() throws {
    let service = CountingService(delay: 0)
    let isLookedAt = DispatchSemaphore(value: 0)
    let server = try HTTPStandIn { request in
      let reaction = service.answer(request)
      _ = isLookedAt.wait(timeout: .now() + 25)
      return reaction
    }
    defer { server.stop() }
    try withProgramStore { store in
      var flow = FlowBuilder("slow")
      flow.card("start", "control:callable")
      flow.card(
        "get",
        "httpfunctions:get",
        ["Request/URL": .constant(.text(Text(server.url + "/slow")))],
        outputs: ["Response/Status Code:number"]
      )
      try store.add([flow])
      let connections = [
        "--connections",
        try store.connections(
          "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
        ),
      ]
      let path = store.path
      let both = Concurrently.map(2) { index in
        if index == 0 {
          return try ProgramRun(["--store", path, "run", "slow", "--live"] + connections)
        }
        defer { isLookedAt.signal() }
        let deadline = Date().addingTimeInterval(20)
        while service.count("GET /slow") == 0, Date() < deadline {
          Thread.sleep(forTimeInterval: 0.02)
        }
        let list = try ProgramRun(["--store", path, "resume", "--list"])
        #expect(list.output.contains("No live run was cut off."), "\(list)")
        let entry = try ProgramRun(["--store", path, "history", "--json"]).firstObject()
        return try ProgramRun(
          ["--store", path, "resume", entry.string("execution")] + connections
        )
      }
      #expect(try both[0].get().status == 0)
      let refused = try both[1].get()
      #expect(refused.status == 2)
      #expect(refused.messages.contains("is running in another process"))
      #expect(service.count("GET /slow") == 1)
    }
  }

  /// Runs the first of `flows` live, kills it once the service was asked or the run waits, and hands
  /// over the rest.
  private func withCut(
    _ flows: [FlowBuilder],
    _ service: CountingService,
    _ server: HTTPStandIn,
    inWait: Bool = false,
    _ body: (ProgramStore, _ execution: String, _ connections: [String]) throws -> Void
  ) throws {
    try withProgramStore { store in
      let connections = [
        "--connections",
        try store.connections(
          "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
        ),
      ]
      try store.add(flows)
      let arguments = ["--store", store.path, "run", flows[0].id, "--live"] + connections
      let before = service.all
      let wasKilled = try ProgramRun.kill(arguments) {
        guard inWait else { return service.all > before }
        return try store.run("export").output.contains("\"method\":\"wait\"")
      }
      #expect(wasKilled)
      try body(store, try #require(try cutExecution(store)), connections)
    }
  }

  @Test func `a wait goes on where it was, whoever was killed in it`() throws {
    let service = CountingService(delay: 0)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    for card in ["control:wait", "control:until"] {
      var flow = FlowBuilder("later-\(card.hasSuffix("wait"))")
      flow.card("start", "control:callable")
      if card == "control:wait" {
        flow.card(
          "pause",
          card,
          ["delay:number": .constant(3), "unit": .constant("seconds")]
        )
      } else {
        let moment = Date().addingTimeInterval(4)
        flow.card(
          "pause",
          card,
          ["date:Date": .constant(.text(Text(moment.ISO8601Format())))]
        )
      }
      flow.card(
        "get",
        "httpfunctions:get",
        ["Request/URL": .constant(.text(Text(server.url + "/after")))],
        outputs: ["Response/Status Code:number"]
      )
      let before = service.count("GET /after")
      try withCut([flow], service, server, inWait: true) { store, execution, connections in
        let list = try store.run("resume", "--list", "--json").firstObject()
        #expect(list.string("then") == "waits")
        #expect(service.count("GET /after") == before)
        try store.must(["resume", execution] + connections)
        #expect(service.count("GET /after") == before + 1)
        #expect(try store.must("replay", execution).output.contains("1 identical"))
      }
    }
  }

  @Test func `what was called on the side is taken up although its caller has ended`() throws {
    let service = CountingService(delay: 30)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    var main = FlowBuilder("caller")
    main.card("start", "control:callable")
    main.card("side", "control:spawn", ["flo:flo": .flow("aside")])
    var aside = FlowBuilder("aside")
    aside.card("start", "control:callable")
    aside.card(
      "post",
      "httpfunctions:post",
      ["Request/URL": .constant(.text(Text(server.url + "/aside")))],
      outputs: ["Response/Status Code:number"]
    )
    try withCut([main, aside], service, server) { store, execution, connections in
      let doubt = try store.run(["resume", "--all", "--json"] + connections)
      #expect(doubt.status == 2)
      #expect(try doubt.firstObject().string("then") == "doubt")
      let name = try doubt.firstObject().string("name")
      try store.must(["resume", execution, "--sent", name, "--why", "it is there"] + connections)
      #expect(service.count("POST /aside") == 1)
      #expect(try store.run("resume", "--list").output.contains("No live run was cut off."))
      #expect(try store.must("replay", execution).output.contains("1 identical"))
    }
  }

  @Test func `a run that nobody goes on with is ended, and is neither replayed nor listed again`()
    throws
  {
    let service = CountingService(delay: 30)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    var flow = FlowBuilder("given")
    flow.overrides = ["log": false]
    flow.card("start", "control:callable")
    flow.card(
      "post",
      "httpfunctions:post",
      ["Request/URL": .constant(.text(Text(server.url + "/given")))],
      outputs: ["Response/Status Code:number"]
    )
    try withCut([flow], service, server) { store, execution, connections in
      let list = try store.run("resume", "--list", "--json").firstObject()
      #expect(list.string("then") == "stuck")
      let stuck = try store.run(["resume", "--all"] + connections)
      #expect(stuck.status == 2)
      #expect(stuck.messages.contains("does not save its data"))
      try store.must("resume", execution, "--give-up", "--why", "nobody needs it")
      #expect(try store.history()[0].string("status") == "failed")
      #expect(try store.run("resume", "--list").status == 0)
      let replay = try store.run("replay", execution)
      #expect(replay.output.contains("1 skipped"))
    }
  }
}
