import Foundation
import TestSupport
import Testing
import Values

/// A credential that is looked for wherever a live run leaves something behind.
@Suite(.waiting) struct CanaryTests {
  private static let token = "canary-7f3A/9c+token=="
  private static let password = "Canary \"pass\" wörd"

  private func spellings(_ secret: String) -> [String] {
    let data = Data(secret.utf8)
    return [
      secret, data.base64EncodedString(), String(data.base64EncodedString().dropLast(2)),
      secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
      JSON.text(.text(Text(secret))).description.dropFirst().dropLast().description,
    ]
  }

  private func flow(_ url: String) -> FlowBuilder {
    var flow = FlowBuilder("echo")
    flow.card("start", "control:callable")
    for (name, path) in [("fine", "/fine"), ("error", "/error"), ("cut", "/cut")] {
      var inner = FlowBuilder("\(name)-try")
      inner.card("\(name)-in", "control:callable")
      inner.card(
        name,
        "httpfunctions:post",
        ["Request/URL": .constant(.text(Text(url + path))), "Request/Body": .constant("x")],
        outputs: ["Response/Status Code:number", "Response/Body:object", "Response/Headers:object"]
      )
      var handler = FlowBuilder("\(name)-catch")
      handler.card("\(name)-caught", "control:callable")
      flow.card(
        "\(name)-guard",
        "control:tryCatch",
        ["try:flo": .inline(inner)],
        policy: ["type": "handler", "flo": handler.body]
      )
    }
    return flow
  }

  @Test func `a credential is nowhere but in the request, whatever the service sends back`() throws
  {
    let server = try HTTPStandIn { request in
      let sent = request.field("authorization") ?? ""
      let key = request.field("x-key") ?? ""
      let body: Value = [
        "message": .text(Text("you sent \(sent) and \(key)")), "authorization": .text(Text(sent)),
        "list": [.text(Text(key)), ["deep": .text(Text(Self.password))]],
      ]
      let text = JSON.text(body).description
      switch request.path {
      case "/error":
        return .json(text, [("X-Echo", key), ("Set-Cookie", "s=\(key)")], status: 400)
      case "/cut":
        return .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n\(text)".utf8))
      default: return .json(text.replacing("/", with: "\\/"), [("X-Echo", key)])
      }
    }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(
        """
          - connector: httpfunctions
            hosts: ["\(server.url)"]
            networks: [127.0.0.1]
            basic: {user: canary, password: '\(Self.password)'}
            headers: {X-Key: "\(Self.token)"}
        """
      )
      try store.add([flow(server.url)])
      let live = ["--live", "--connections", connections]
      let runs = [
        try store.run(["run", "echo"] + live), try store.run(["run", "echo", "--json"] + live),
        try store.run(["flow", "check", "echo", "--json"] + live),
        try store.run(["connector", "check", "--connections", connections]),
        try store.run(["connector", "list", "--json", "--connections", connections]),
      ]
      #expect(server.requests.count == 6)
      #expect(server.requests.allSatisfy { $0.field("x-key") == Self.token })
      var left = runs.map { $0.output + $0.messages }
      for execution in try store.history() {
        let id = execution.string("execution")
        left.append(try store.must("show", id, "--tree", "--json").output)
        left.append(try store.must("show", id, "--tree").output)
        left.append(try store.must("trace", id, "--down").output)
      }
      left.append(try store.must("export", "--format", "jsonl").output)
      let files = try FileManager.default.contentsOfDirectory(atPath: store.path)
      for file in files {
        let data = try Data(contentsOf: URL(fileURLWithPath: store.path + "/" + file))
        left.append(String(decoding: data, as: UTF8.self))
      }
      #expect(left.joined().contains("[secret]"))
      for spelling in spellings(Self.token) + spellings(Self.password) {
        for text in left { #expect(!text.contains(spelling), "\(spelling)") }
      }
    }
  }

  @Test func `a live run leaves no core file to be written`() throws {
    let server = try HTTPStandIn { _ in .silence(20) }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(
        "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1], token: abcdef}"
      )
      try store.add([flow(server.url)])
      // The limit of the process while it waits for the service.
      let script = """
        ulimit -c unlimited
        "$@" & pid=$!
        for i in $(seq 100); do
          grep -q "Max core file size *1 *1 " /proc/$pid/limits && break; sleep 0.05
        done
        grep "Max core file size" /proc/$pid/limits; kill -9 $pid; wait $pid
        """
      let run = try store.run(
        ["run", "echo", "--live", "--connections", connections],
        launcher: ["/bin/bash", "-c", script, "sh"]
      )
      #expect(run.output.contains(#/Max core file size +1 +1 /#), "\(run)")
    }
  }
}
