import TestSupport
import Values

/// One edit of a flow, and what comparing says of the run that a scene recorded.
struct Mutation: Sendable {
  /// What is edited.
  enum Kind: String, CaseIterable {
    case nothing = "no edit"
    case connector = "a step of another connector"
    case lastDropped = "the last step dropped"
    case addedAtEnd = "a step added at the end"
    case everyArgument = "the arguments of every step"
    case result = "the final result"
    case option = "an option of a card"
    case condition = "a condition flipped"
    case order = "the order of a loop"
    case helper = "a helper"
    case tableRead = "a table that is read"
    case recreated = "a card deleted and made again"
    case reimported = "a helper imported again"
    case trigger = "a trigger that lets in more"
  }

  let kind: Kind
  let edit: @Sendable (inout EditedExport) throws -> Void
  var verdict = "changed"
  var proof = "proven"
  /// The changes as ``MatrixAnswer`` writes them.
  var changes: [String] = []
  /// The card to which the verdict is put down, and so its group.
  var card: String?
  var notes: [String] = []
  /// The steps of requests that nobody has the answer to.
  var missing: [String] = []
  /// The steps of requests that are taken as answered; nil where it is not looked at.
  var assumed: [String]?
  var wouldStart = 0
  /// Whether the answers with which the run was recorded are at hand.
  var withAnswers = false
}

/// What the program says of one execution.
struct MatrixAnswer {
  let line: Object
  let report: Object

  /// The answer of a comparison over the only execution of a store.
  init?(_ lines: [Object]) {
    guard let line = lines.first(where: { $0.has("verdict") }),
      let report = lines.first(where: { $0.has("summary") })
    else { return nil }
    (self.line, self.report) = (line, report)
  }

  /// `arguments STEP PATH: BEFORE → AFTER`; of an effect that one version lacks, and of one at another
  /// place, `missing STEP EFFECT`.
  var changes: [String] {
    line.list("changes").map { change in
      guard case .object(let change) = change else { return "" }
      let head = "\(change.string("kind")) \(change.string("step"))"
      if ["new", "missing", "reordered"].contains(change.string("kind")) {
        return "\(head) \(change.string("effect"))"
      }
      let sides = Self.sides(Self.shown(change["before"]), Self.shown(change["after"]))
      return "\(head) \(change.string("path")): \(sides.before) → \(sides.after)"
    }
  }

  /// A value in a line, moments masked.
  private static func shown(_ value: Value?) -> String {
    (value.map { JSON.text($0).description } ?? "nothing")
      .replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "MOMENT")
  }

  /// Both sides, of long ones the part that differs.
  private static func sides(
    _ before: String,
    _ after: String
  ) -> (before: String, after: String) {
    let common = zip(before, after).prefix { $0 == $1 }.count
    let start = max(before.count, after.count) > 40 ? max(0, common - 8) : 0
    func cut(_ side: String) -> String {
      let rest = side.dropFirst(start)
      return (start > 0 ? "…" : "") + rest.prefix(40) + (rest.count > 40 ? "…" : "")
    }
    return (cut(before), cut(after))
  }

  /// The id of the card, without that of its flow.
  var card: String? {
    line.has("card") ? line.string("card").split(separator: "/").last.map(String.init) : nil
  }

  var notes: [String] { line.list("notes").map { $0.shortText } }

  var missing: [String] { steps("missing") }

  var assumed: [String] { steps("assumptions") }

  private func steps(_ key: Text) -> [String] {
    line.list(key).map { if case .object(let item) = $0 { item.string("step") } else { "" } }
  }

  /// The only group as `card verdict kind`, empty where there is none.
  var group: String {
    guard case .object(let group)? = report.list("groups").first else { return "" }
    let card = group.string("card").split(separator: "/").last ?? ""
    return "\(card) \(group.string("verdict")) \(group.string("kind"))"
  }
}

extension Value {
  fileprivate var shortText: String {
    if case .text(let text) = self { text.description } else { "" }
  }
}
