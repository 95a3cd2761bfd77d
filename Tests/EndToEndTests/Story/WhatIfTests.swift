import TestSupport
import Testing
import Values

/// `replay` on what is supposed: another trigger, other answers.
@Suite struct WhatIfTests {
  /// A store with a flow that looks a user up by mail address and sends the user a message, run once for a user who was found.
  private func withRun(_ body: (ProgramStore, String) throws -> Void) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable", outputs: ["mail"])
    flow.card(
      "user",
      "httpfunctions:get",
      ["Request/URL": .wire("start.mail")],
      outputs: ["Response/Body:object"]
    )
    flow.card(
      "message",
      "httpfunctions:post",
      [
        "Request/URL": .constant("https://chat.example.com/"),
        "Request/Body:object": .wire("user.Response/Body"),
      ]
    )
    try withProgramStore { store in
      try store.add([flow])
      let answers = store.folder + "/answers.json"
      try write(
        #"""
        {"answers": [
          {"connector": "httpfunctions", "method": "get",
           "outputs": {"Response/Body": {"id": "U1"}}},
          {"connector": "httpfunctions", "method": "post", "outputs": {}}
        ]}
        """#,
        to: answers
      )
      let input = store.folder + "/input.json"
      try write(#"{"mail":"https://a.example.com/"}"#, to: input)
      let run = try store.must(
        "run",
        "notify",
        "--answers",
        answers,
        "--input",
        input,
        "--json"
      )
      try body(store, try run.firstObject().string("execution"))
    }
  }

  @Test
  func `what started an execution is supposed to be other, and what would come of it is told`()
    throws
  {
    try withRun { store, execution in
      let run = try store.run(
        "replay",
        execution,
        "--set",
        "trigger.mail=https://b.example.com/",
        "--json"
      )
      #expect(run.status == 2, "\(run)")
      let line = try run.firstObject()
      #expect(line.string("verdict") == "changed")
      #expect(line["set"] == ["trigger.mail=https://b.example.com/"])
      #expect("\(line)".contains(#""path":"Request/URL""#), "\(line)")
      #expect(line["missing"] != nil)
    }
  }

  @Test func `the same as it was is identical, and nothing is appended`() throws {
    try withRun { store, execution in
      let before = try store.must("stats", "--json").firstObject().count("events")
      let run = try store.must(
        "replay",
        execution,
        "--set",
        "trigger.mail=https://a.example.com/",
        "--json"
      )
      #expect(try run.firstObject().string("verdict") == "identical")
      #expect(try store.must("stats", "--json").firstObject().count("events") == before)
    }
  }

  @Test func `an answer counts in place of the recorded one, and is assumed`() throws {
    try withRun { store, execution in
      let file = store.folder + "/override.json"
      try write(
        #"""
        {"answers": [{"connector": "httpfunctions", "method": "get",
          "error": {"kind": "Not Found", "message": "No such user.", "statusCode": 404}}]}
        """#,
        to: file
      )
      let run = try store.run("replay", execution, "--override", file, "--json")
      #expect(run.status == 2)
      let line = try run.firstObject()
      #expect(line.string("verdict") == "broken")
      #expect(line.string("proof") == "assumed")
      #expect("\(line)".contains("answered by what was said instead"), "\(line)")
    }
  }

  @Test func `another version runs on what is supposed`() throws {
    try withRun { store, execution in
      let run = try store.run(
        "replay",
        execution,
        "--with",
        "notify@1",
        "--set",
        "trigger.mail=x",
        "--answers",
        store.folder + "/answers.json",
        "--json"
      )
      #expect(run.output.contains("answered by the answers file"), "\(run)")
    }
  }

  @Test(arguments: [
    ("trigger.mial=x", "there is no trigger.mial. There is: mail."),
    ("mail=x", "mail=x is no change of a trigger."),
  ])
  func `a change that cannot be is told with what can`(_ edit: String, _ message: String) throws {
    try withRun { store, execution in
      let run = try store.run("replay", execution, "--set", edit)
      #expect(run.status == 1)
      #expect(run.messages.contains(message), "\(run)")
    }
  }
}
