import Foundation
import TestSupport
import Testing
import Values

/// Ways by which a secret of a flow could come into the log, or onto the disk, without any request.
@Suite(.waiting) struct SecretTraceTests {
  private static let token = "xoxb-canary-5e1D-12345678"

  private static func flow() -> FlowBuilder {
    var flow = FlowBuilder("verify")
    flow.card("start", "control:callable", outputs: ["token"])
    flow.card(
      "is",
      "boolean:compare",
      [
        "left-operand": .wire("start.token"), "operator": .constant("=="),
        "right-operand": .constant(.text(Text(token))),
      ],
      outputs: ["result:boolean"]
    )
    return flow
  }

  @Test func `an input that is made up for a comparison with a secret is not the secret`() throws {
    try withProgramStore { store in
      let export = try store.file(
        "verify.flopack",
        String(decoding: FlowBuilder.export([Self.flow()]), as: UTF8.self)
      )
      try store.must("flow", "add", export)
      for seed in 0..<8 {
        try store.must("run", "verify", "--answers", "typed", "--seed", "\(seed)")
      }
      let left = try store.must("export", "--format", "jsonl").output
      #expect(left.contains("[secret verify.is.right-operand "))
      #expect(!left.contains(Self.token))
      #expect(try store.expectIdenticalReplayElsewhere() == 8)
    }
  }

  @Test(arguments: [
    ["flow", "add", "-"], ["flow", "check", "verify", "--connections", "-"],
    ["run", "verify", "--connections", "-"],
  ])
  func `a command that reads secrets leaves no core file to be written`(_ command: [String]) throws
  {
    try withProgramStore { store in
      try store.add([Self.flow()])
      // The program waits for what it reads, and its limit is looked at meanwhile.
      let script = """
        ulimit -c unlimited
        "$@" < <(exec sleep 6) & pid=$!
        for i in $(seq 100); do
          grep -q "Max core file size *1 *1 " /proc/$pid/limits && break; sleep 0.05
        done
        grep "Max core file size" /proc/$pid/limits; kill -9 $pid; wait $pid
        """
      let run = try store.run(command, launcher: ["/bin/bash", "-c", script, "sh"])
      #expect(run.output.contains(#/Max core file size +1 +1 /#), "\(run)")
    }
  }
}
