import TestSupport
import Testing
import Values

/// A flow with one recorded run, and the edits that are tried on it.
struct MatrixScene: Sendable, CustomTestStringConvertible {
  let name: String
  let source: Source
  let flow: String
  /// Makes what the flow needs, and the run.
  let record: @Sendable (ProgramStore) throws -> Void
  let mutations: [Mutation]

  enum Source {
    case fixture(String)
    case pack(String)

    var path: String {
      switch self {
      case .fixture(let name): Fixtures.path("flows/\(name).flopack")
      case .pack(let name): PublicPack(name: name).export
      }
    }

    func bytes() throws -> [UInt8] {
      switch self {
      case .fixture(let name): try Fixtures.bytes("flows/\(name).flopack")
      case .pack(let name): try SharedData.bytes("okta-templates/\(name)/workflow.flopack")
      }
    }
  }

  var testDescription: String { name }

  /// The file beside the store in which a scene keeps its answers.
  static let answersFile = "answers.json"

  /// Tries every edit on one store, each in proportion to the edit and in full.
  func tryAll() throws {
    try withProgramStore { store in
      try store.must("flow", "add", source.path)
      try record(store)
      for mutation in mutations { try check(mutation, store) }
    }
  }

  private func check(_ mutation: Mutation, _ store: ProgramStore) throws {
    var edited = try EditedExport(source.bytes())
    try mutation.edit(&edited)
    let file = try store.file(
      "edited.flopack",
      String(decoding: edited.bytes, as: UTF8.self)
    )
    let found = mutation.verdict == "changed" || mutation.wouldStart > 0
    var arguments = ["diff", flow, file, "--json"]
    if mutation.withAnswers { arguments += ["--answers", Self.answersFile] }
    let run = try store.must(arguments, endWith: found ? 2 : 0)
    let full = try store.must(arguments + ["--full"], endWith: found ? 2 : 0)
    let name = "\(self.name): \(mutation.kind.rawValue)"
    #expect(run.output == full.output, "\(name)")
    let answer = try #require(MatrixAnswer(try run.objects()), "\(name): \(run.output)")
    #expect(answer.line.string("verdict") == mutation.verdict, "\(name)")
    #expect(answer.line.string("proof") == mutation.proof, "\(name)")
    #expect(answer.changes == mutation.changes, "\(name)")
    #expect(answer.card == mutation.card, "\(name)")
    #expect(answer.notes == mutation.notes, "\(name)")
    #expect(answer.missing == mutation.missing, "\(name)")
    if let assumed = mutation.assumed { #expect(answer.assumed == assumed, "\(name)") }
    #expect(answer.report.object("wouldStart").count("count") == mutation.wouldStart, "\(name)")
    #expect(answer.group == group(of: mutation), "\(name)")
  }

  /// The group in which an edit puts its execution; there is none where both versions do the same.
  private func group(of mutation: Mutation) -> String {
    if mutation.verdict == "identical" { return "" }
    let kind = mutation.changes.first?.split(separator: " ").first ?? ""
    return "\(mutation.card ?? "") \(mutation.verdict) \(kind)"
  }
}
