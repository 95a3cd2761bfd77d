import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// Secrets that stand in a flow, looked for wherever the program leaves something behind.
@Suite(.waiting) struct FlowSecretTests {
  private static let code = "canary-hmac-7f3A"
  private static let bearer = "canary-bearer-9c1E/x=="
  private static let apiKey = "canary-apikey-4b2D"
  private static let composed = "canary-composed-1a8F"
  private static let signing = "canary-jwt-6d5C"
  private static let pem = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJEmsckGcF+5AUAow
    D61jGjnuf5ZnUVlA93FeFr4Ki6ehRANCAAQWJ+8ycf/3vmV9/Nc1d+wpBtqLQ8ZF
    /M7pYfJUmxU4RwyPf+hQb9pxCcCqnhPY8SMigk7tMc6o3+rQ1fHxrjGa
    -----END PRIVATE KEY-----
    """
  private static var all: [String] { [code, bearer, apiKey, composed, signing, pem] }

  private static func flows(_ url: String, code: String = code) -> [FlowBuilder] {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable", outputs: ["text"])
    flow.card(
      "sign",
      "crypto:hmac",
      [
        "algorithm": .constant("sha256"), "key": .constant(.text(Text(code))),
        "data": .wire("start.text"), "digest": .constant("hex"),
      ],
      outputs: ["output"]
    )
    for (name, algorithm, key) in [("token", "HS256", signing), ("drawn", "ES256", pem)] {
      flow.card(
        name,
        "jwt:sign",
        [
          "key": .constant(.text(Text(key))),
          "options/algorithm": .constant(.text(Text(algorithm))),
          "payload/sub": .custom(.wire("start.text")),
        ],
        outputs: ["token"]
      )
    }
    flow.card(
      "line",
      "string:compose",
      [
        "_text_": .constant(.text(Text("Bearer \(composed){{{more}}}"))),
        "more": .custom(.constant("")),
      ],
      outputs: ["output"]
    )
    flow.card(
      "fields",
      "object:construct",
      [
        "X-Line": .custom(.wire("line.output")), "X-Code": .custom(.wire("sign.output")),
        "X-Token": .custom(.wire("token.token")), "X-Drawn": .custom(.wire("drawn.token")),
      ],
      outputs: ["output:object"]
    )
    post(&flow, "made", url, .wire("fields.output"))
    post(
      &flow,
      "fixed",
      url,
      .constant([
        "Authorization": .text(Text("Bearer \(bearer)")), "X-Api-Key": .text(Text(apiKey)),
      ])
    )
    flow.card(
      "call",
      "control:spawn",
      ["flo:flo": .flow("helper"), "line": .wire("line.output")],
      outputs: ["answer"]
    )
    flow.card(
      "wrong",
      "crypto:hmac",
      ["algorithm": .wire("line.output"), "key": .constant("k"), "data": .constant("d")],
      outputs: ["output"]
    )
    var helper = FlowBuilder("helper")
    helper.card("in", "control:callable", outputs: ["line"])
    helper.card(
      "is",
      "boolean:compare",
      [
        "left-operand": .wire("in.line"), "operator": .constant("=="),
        "right-operand": .constant("x"),
      ],
      outputs: ["result:boolean"]
    )
    helper.card("out", "control:return", ["answer": .wire("in.line")], outputs: ["answer"])
    return [flow, helper]
  }

  private static func post(
    _ flow: inout FlowBuilder,
    _ name: String,
    _ url: String,
    _ headers: FlowInput
  ) {
    flow.card(
      name,
      "httpfunctions:post",
      [
        "Request/URL": .constant(.text(Text(url))), "Request/Headers:object": headers,
        "Request/Body": .constant("x"),
      ],
      outputs: ["Response/Status Code:number", "Response/Body:object", "Response/Headers:object"]
    )
  }

  /// A service that sends all back that it was sent.
  private static func echo() throws -> HTTPStandIn {
    try HTTPStandIn { request in
      let fields = request.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      return .json(JSON.text(["echo": .text(Text(fields))]).description)
    }
  }

  private static func connections(_ server: HTTPStandIn, in store: ProgramStore) throws -> String {
    try store.connections(
      "  # the service\n  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}\n"
    )
  }

  private static func export(_ flows: [FlowBuilder], to name: String, in store: ProgramStore) throws
    -> String
  {
    try store.file(name, String(decoding: FlowBuilder.export(flows), as: UTF8.self))
  }

  private static func spellings(_ secret: String) -> [String] {
    let data = Data(secret.utf8)
    return [
      secret, String(data.base64EncodedString().dropLast(3)),
      secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
      JSON.text(.text(Text(secret))).description.dropFirst().dropLast().description,
    ]
  }

  private static func files(of store: ProgramStore) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: store.path).map { file in
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: store.path + "/" + file)),
        as: UTF8.self
      )
    }
  }

  @Test func `secrets of a flow are nowhere but in the connection file and the requests`() throws {
    let server = try Self.echo()
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try Self.connections(server, in: store)
      let export = try Self.export(Self.flows(server.url), to: "notify.flopack", in: store)
      let named = ["--connections", connections]
      var runs = [try store.run(["--json", "flow", "add", export] + named)]
      runs.append(try store.run(["flow", "add", export] + named))
      let live = ["--live"] + named
      for flags in [[], ["--json"]] {
        runs.append(
          try store.run(["run", "notify", "--input", "{\"text\":\"hello\"}"] + live + flags)
        )
        runs.append(try store.run(["flow", "check", "notify"] + live + flags))
        runs.append(try store.run(["flow", "show", "notify", "--calls"] + flags))
        runs.append(try store.run(["flow", "show", "helper"] + flags))
        runs.append(try store.run(["flow", "diff", "notify", export] + flags))
        runs.append(try store.run(["connector", "check"] + named + flags))
      }
      runs.append(try store.run(["flow", "check", export, "--json"]))
      #expect(server.requests.count == 4)
      let first = server.requests[0]
      #expect(first.field("x-line") == "Bearer \(Self.composed)")
      #expect(
        first.field("x-code")
          == "dc1ad0011114c8d7f5fb6a998a8f1d2b35b255727c73f608509890b188f75a7c"
      )
      #expect(first.field("x-token")?.split(separator: ".").count == 3)
      #expect(server.requests[1].field("authorization") == "Bearer \(Self.bearer)")
      #expect(server.requests[1].field("x-api-key") == Self.apiKey)
      var left = runs.map { $0.output + $0.messages }
      for execution in try store.history() {
        #expect(execution.string("status") == "failed")
        let id = execution.string("execution")
        for flags in [[], ["--json"]] {
          left.append(try store.must(["show", id, "--tree"] + flags).output)
          left.append(try store.must(["trace", id, "--down"] + flags).output)
        }
      }
      left.append(try store.must("export", "--format", "jsonl").output)
      left.append(try store.must("history", "--all", "--json").output)
      left += try Self.files(of: store)
      for token in [first.field("x-code"), first.field("x-token"), first.field("x-drawn")] {
        let token = try #require(token)
        for text in left { #expect(!text.contains(token)) }
      }
      for secret in Self.all {
        for spelling in Self.spellings(secret) {
          for text in left { #expect(!text.contains(spelling), "\(spelling)") }
        }
      }
      #expect(left.joined().contains("[secret notify.sign.key "))
      // In another process, without the file.
      try FileManager.default.removeItem(atPath: connections)
      #expect(try store.expectIdenticalReplayElsewhere() == 2)
      try store.must("diff", "notify", "notify")
      try store.must("diff", "notify", "notify", "--full")
    }
  }

  @Test func `adding moves secrets once, and leaves all else in the file as it is`() throws {
    try withProgramStore { store in
      let path = store.folder + "/connections.yaml"
      let text =
        "# mine\nconnections:\n  - {connector: slack, token: {env: SLACK}}\nsecrets:\n  # old\n  a.b: c\n"
      try write(text, to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      let export = try Self.export(
        Self.flows("https://example.com"),
        to: "notify.flopack",
        in: store
      )
      let added = try store.must("--json", "flow", "add", export).objects()
      let moved = added[0].list("secrets")
      #expect(moved.count == 6)
      guard case .object(let first)? = moved.first else { return }
      #expect(first.string("name") == "notify.sign.key")
      #expect(first.string("card") == "sign")
      #expect(first["moved"] == true)
      let file = try String(contentsOfFile: path, encoding: .utf8)
      #expect(file.contains("# mine\nconnections:\n  - {connector: slack, token: {env: SLACK}}\n"))
      #expect(file.contains("  # old\n"))
      #expect(file.contains("  notify.sign.key: \"\(Self.code)\"\n"))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)

      let again = try store.must("flow", "add", export)
      #expect(again.output.contains("known  notify@1"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == file)

      // Another value is another secret, and the old one stays.
      let other = try Self.export(
        Self.flows("https://example.com", code: "canary-hmac-new1"),
        to: "other.flopack",
        in: store
      )
      #expect(try store.must("flow", "add", other).output.contains("added  notify@2"))
      let after = try String(contentsOfFile: path, encoding: .utf8)
      #expect(after.contains("  notify.sign.key: \"\(Self.code)\"\n"))
      #expect(after.contains("  notify.sign.key-2: \"canary-hmac-new1\"\n"))
      let difference = try store.run("flow", "diff", "notify@1", "notify@2")
      #expect(difference.output.contains("[secret notify.sign.key-2 "))
      #expect(!difference.output.contains("canary"))
    }
  }

  @Test func `a version has one id wherever the connection file is the same`() throws {
    var hashes: [String] = []
    var file: String?
    for _ in 0..<2 {
      try withProgramStore { store in
        let path = store.folder + "/connections.yaml"
        if let file {
          try write(file, to: path)
          try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        let export = try Self.export(Self.flows("https://a.b"), to: "x.flopack", in: store)
        hashes.append(try store.must("--json", "flow", "add", export).firstObject().string("hash"))
        file = try String(contentsOfFile: path, encoding: .utf8)
      }
    }
    #expect(hashes[0] == hashes[1])
  }

  @Test func `a run without its secrets says so: a local one goes on, a live one does not`() throws
  {
    let server = try Self.echo()
    defer { server.stop() }
    try withProgramStore { store in
      let export = try Self.export(Self.flows(server.url), to: "notify.flopack", in: store)
      try store.must("flow", "add", export)
      try FileManager.default.removeItem(atPath: store.folder + "/connections.yaml")
      let connections = try Self.connections(server, in: store)
      let live = ["--live", "--connections", connections]
      let refused = try store.run(["run", "notify"] + live)
      #expect(refused.status == 1)
      #expect(refused.messages.contains("lacks secrets of this flow: notify.sign.key"))
      #expect(server.requests.isEmpty)
      let check = try store.run(["flow", "check", "notify", "--json"] + live)
      #expect(check.status == 2)
      let secret = try check.firstObject()
      #expect(secret.string("secret") == "notify.sign.key")
      #expect(secret["there"] == false)
      #expect(secret.string("reason").contains("has no secret notify.sign.key"))
      let local = try store.run("run", "notify", "--answers", "typed")
      #expect(local.messages.contains("goes on with their names in their place"))
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `a secret that is not the one of the flow is refused`() throws {
    try withProgramStore { store in
      let export = try Self.export(Self.flows("https://a.b"), to: "notify.flopack", in: store)
      try store.must("flow", "add", export)
      let path = store.folder + "/connections.yaml"
      let file = try String(contentsOfFile: path, encoding: .utf8)
      try write(file.replacing("\"\(Self.code)\"", with: "{env: CODE}"), to: path)
      let flags = ["run", "notify", "--answers", "typed"]
      #expect(try store.run(flags, environment: ["CODE": Self.code]).status == 2)
      let wrong = try store.run(flags, environment: ["CODE": "another"])
      #expect(wrong.status == 1)
      #expect(wrong.messages.contains("is not the one that the flow was added with"))
      #expect(!wrong.messages.contains("another"))
    }
  }

  @Test func `a run with secrets that was killed is taken up, and sends them again`() throws {
    let server = try HTTPStandIn { [asked = Mutex(0)] request in
      let count = asked.withLock { asked in
        asked += 1
        return asked
      }
      return count == 2 ? .silence(30) : .json("{}")
    }
    defer { server.stop() }
    try withProgramStore { store in
      var flow = FlowBuilder("notify")
      flow.card("start", "control:callable")
      flow.card(
        "line",
        "object:construct",
        ["Authorization": .custom(.constant(.text(Text("Bearer \(Self.bearer)"))))],
        outputs: ["output:object"]
      )
      for name in ["first", "second", "third"] {
        flow.card(
          name,
          "httpfunctions:get",
          [
            "Request/URL": .constant(.text(Text(server.url))),
            "Request/Headers:object": .wire("line.output"),
          ],
          outputs: ["Response/Status Code:number"]
        )
      }
      let connections = try Self.connections(server, in: store)
      let export = try Self.export([flow], to: "notify.flopack", in: store)
      let named = ["--connections", connections]
      try store.must(["flow", "add", export] + named)
      _ = try ProgramRun.kill(
        ["--store", store.path, "run", "notify", "--live"] + named,
        once: { server.requests.count == 2 }
      )
      try store.must(["resume", "--all"] + named)
      #expect(server.requests.count == 4)
      #expect(
        server.requests.allSatisfy { $0.field("authorization") == "Bearer \(Self.bearer)" }
      )
      for text in try Self.files(of: store) { #expect(!text.contains(Self.bearer)) }
      #expect(try store.expectIdenticalReplayElsewhere() == 1)
    }
  }

  @Test func `constants stay in the flow where that is asked for`() throws {
    try withProgramStore { store in
      let export = try Self.export(Self.flows("https://a.b"), to: "notify.flopack", in: store)
      try store.must("flow", "add", export, "--keep-constants")
      #expect(try store.must("flow", "show", "notify").output.contains(Self.bearer))
      #expect(!FileManager.default.fileExists(atPath: store.folder + "/connections.yaml"))
    }
  }
}
