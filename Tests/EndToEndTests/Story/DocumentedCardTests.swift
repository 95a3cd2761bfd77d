import TestSupport
import Testing
import Values

/// Flows of cards that no public export holds, through the program.
@Suite struct DocumentedCardTests {
  /// A flow that reads people from XML, sorts them by calling a flow, pages, and asks for leave.
  private static func flows(sortedBy path: String = "") -> [FlowBuilder] {
    var main = FlowBuilder("Ask")
    main.card("start", "control:callable", outputs: ["document"])
    main.card("parse", "xml:parse", ["xml": .wire("start.document")], outputs: ["output:object"])
    main.card(
      "people",
      "object:get",
      ["object:object": .wire("parse.output"), "path": .constant("people.person")],
      outputs: ["output:object"]
    )
    main.card(
      "sort",
      "list:sort",
      ["list[]": .wire("people.output"), "flo:flo": .flow("Same"), "a": .item(path)],
      outputs: ["list[]"]
    )
    main.card(
      "pages",
      "http:paginate",
      [
        "object:object": .constant(["a": "1", "break": false]), "path": .constant("break"),
        "flo:flo": .flow("Same"),
      ],
      outputs: ["output:object"]
    )
    main.card("pause", "control:pause", ["people[]": .wire("sort.list")], outputs: ["leave"])
    main.card("end", "control:return", ["leave": .wire("pause.leave")], outputs: ["leave"])
    var same = FlowBuilder("Same")
    same.card("start", "control:callable", outputs: ["a"])
    same.card("end", "control:return", ["a": .wire("start.a")], outputs: ["a"])
    return [main, same]
  }

  private static let input =
    #"{"document":"<people><person>Ines</person><person>Ada</person></people>"}"#

  private static let answers = """
    {"answers": [{
      "connector": "control", "method": "pause", "when": {"people": {"equals": ["Ada", "Ines"]}},
      "outputs": {"leave": "yes"}
    }]}
    """

  @Test func `are run with an answer to their pause, and replay the same`() throws {
    try withProgramStore { store in
      try store.add(Self.flows())
      let file = store.folder + "/answers.json"
      try write(Self.answers, to: file)
      try store.must("run", "Ask", "--input", Self.input, "--answers", file)
      let replay = try store.must("replay", "--all")
      #expect(replay.output.contains("1 identical"))
      let execution = try store.history().last?.string("execution") ?? ""
      let shown = try store.must("show", execution, "--json").output
      #expect(shown.contains(#""leave":"yes""#))
      #expect(shown.contains(#"["Ada","Ines"]"#))
      let check = try store.must("flow", "check", "Ask", "--answers", file).output
      #expect(check.contains("control:pause"))
    }
  }

  @Test func `say what a pause waits for where nobody resumes it`() throws {
    try withProgramStore { store in
      try store.add(Self.flows())
      let run = try store.must("run", "Ask", "--input", Self.input, endWith: 1)
      #expect(run.messages.contains("pause"))
      #expect(run.messages.contains("leave"))
      let check = try store.must("flow", "check", "Ask", "--live", endWith: 2)
      #expect((check.output + check.messages).contains("does not wait for a call"))
    }
  }

  @Test func `are shown, and compared with those of another version`() throws {
    try withProgramStore { store in
      try store.add(Self.flows())
      let file = store.folder + "/answers.json"
      try write(Self.answers, to: file)
      try store.must("run", "Ask", "--input", Self.input, "--answers", file)
      try store.add(Self.flows(sortedBy: "name"))
      let shown = try store.must("flow", "show", "Ask", "--calls").output
      for line in ["sort  list:sort", "pages  http:paginate", "leave ← 6 leave"] {
        #expect(shown.contains(line))
      }
      let difference = try store.must("flow", "diff", "Ask@1", "Ask@2", endWith: 2).output
      #expect(difference.contains("list:sort  edited"))
      let report = try store.must("diff", "Ask@1", "Ask@2", endWith: 2).output
      #expect(report.contains(#"arguments pause people[0]: "Ada" → "Ines""#))
    }
  }

  @Test func `run with made-up answers`() throws {
    try withProgramStore { store in
      try store.add(Self.flows())
      try store.must("run", "Ask", "--input", Self.input, "--answers", "typed")
      #expect(try store.must("replay", "--all").output.contains("1 identical"))
    }
  }
}
