import Flows
import Testing
import Values

@Suite struct TemplateTests {
  @Test(
    arguments: [
      ("", []), ("plain { {{ }}} text", [.literal("plain { {{ }}} text")]),
      ("{{{a}}}", [.slot("a")]),
      ("x{{{a}}}y{{{b}}}", [.literal("x"), .slot("a"), .literal("y"), .slot("b")]),
      ("{{{}}}", [.slot("")]), ("{{{{a}}}}", [.literal("{"), .slot("a"), .literal("}")]),
      ("{{{a {{{b}}}", [.literal("{{{a "), .slot("b")]), ("{{{a", [.literal("{{{a")]),
      ("}}}{{{a}}}", [.literal("}}}"), .slot("a")]), ("{{{é😀-_}}}", [.slot("é😀-_")]),
      ("{{{{{{", [.literal("{{{{{{")]), ("{{{a}}", [.literal("{{{a}}")]),
    ] as [(String, [Template.Part])]
  )
  func `slots stand between three braces`(_ text: String, _ parts: [Template.Part]) {
    #expect(Template(Text(text)).parts == parts)
  }

  @Test func `a template of nothing but braces is read in one go`() {
    let braces = Text(
      String(repeating: "{", count: 100_000) + String(repeating: "}", count: 100_000)
    )
    #expect(Template(braces).parts.count == 3)
  }

  @Test func `many slots are filled in order`() {
    let text = Text((0..<1_000).map { "{{{\($0)}}}," }.joined())
    let filled = Template(text).filled { $0 }
    #expect(filled == Text((0..<1_000).map { "\($0)," }.joined()))
  }
}
