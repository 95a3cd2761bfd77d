import Flows
import TestSupport
import Testing
import Values

@Suite struct ExportFlowTests {
  private static var helper: FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a"])
    helper.card("end", "control:return", ["a": .wire("start.a")], outputs: ["a"])
    return helper
  }

  private static func run(_ inputs: KeyValuePairs<String, FlowInput>) throws -> ScriptedRun {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["id"])
    main.card("export", "utility:exportFlo", inputs, outputs: ["output:file"])
    return try ScriptedRun([main, helper], trigger: .call(arguments: ["id": "helper"]))
  }

  private static func content(_ run: ScriptedRun) throws -> File {
    guard case .file(let file)? = run.output("output", of: "export") else {
      throw CardError(kind: .notFound, message: "There is no file.")
    }
    return file
  }

  @Test func `a flow is exported as a file that loads again`() throws {
    let file = try Self.content(
      Self.run(["flo:flo": .flow("helper"), "pretty:boolean": .constant(false)])
    )
    #expect(file.name == "helper.flow")
    #expect(file.mediaType == "application/json")
    let pack = try FlowPack.load(file.content, source: "helper.flow")
    #expect(pack.flows.map(\.id) == ["helper"])
    #expect(pack.flows.first?.body.cards.map(\.uuid) == ["start", "end"])
  }

  @Test(arguments: [
    (Value.null, 2), (0, 0), (4, 4), (-1, 0), (99, 10), ("3", 3),
  ])
  func `a pretty export is indented, by two spaces unless the card says otherwise`(
    _ indent: Value,
    _ width: Int
  ) throws {
    let file = try Self.content(
      Self.run([
        "flo:flo": .flow("helper"), "pretty:boolean": .constant(true),
        "indent:number": .constant(indent),
      ])
    )
    let lines = file.content.split(separator: UInt8(ascii: "\n"))
    #expect((lines.count == 1) == (width == 0))
    if width > 0 {
      #expect(lines[1].prefix { $0 == UInt8(ascii: " ") }.count == width)
    }
    #expect(try FlowPack.load(file.content, source: "helper.flow").flows.count == 1)
  }

  @Test func `a flow may be chosen by a wire, and one that is not there is not found`() throws {
    #expect(try Self.content(Self.run(["flo:flo": .wire("start.id")])).name == "helper.flow")
    let missing = try Self.run(["flo:flo": .constant(.null)])
    #expect(missing.step("export")?.error?.error.kind == .notFound)
  }
}
