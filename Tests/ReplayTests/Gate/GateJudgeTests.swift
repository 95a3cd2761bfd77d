import Flows
import Replay
import TestSupport
import Testing
import Values

/// What is against a gate's rules, and how it is counted.
@Suite struct GateJudgeTests {
  /// Sends one text, after as many questions as `asks` has, and a mail where `mails`.
  private static func flow(_ text: Value, mails: Bool = false) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("post", "slack:send", ["Message/Text": .constant(text)])
    if mails { main.card("mail", "gmail:send", ["Email/To": .constant("ada")]) }
    return [main]
  }

  private static func judge(
    _ rules: Gate.Rules,
    _ results: [DiffResult],
    flows: [Text: Gate.Rules] = [:]
  ) -> GateJudge {
    var judge = GateJudge(Gate(rules, flows: flows))
    for result in results { judge.take(result, ofFlow: "main", named: "Main") }
    return judge
  }

  private static func items(_ words: String...) -> [VerdictSelection.Item] {
    words.compactMap(VerdictSelection.Item.init)
  }

  @Test func `what is allowed by kind must be of allowed kinds in every change`() throws {
    let result = try Versions(Self.flow("a", mails: true), Self.flow("b")).diff()
    let some = Self.judge(Gate.Rules(allow: Self.items("changed:arguments")), [result])
    #expect(some.broken.map(\.sentence) == ["changed:missing is not allowed"])
    let both = Self.items("changed:arguments", "changed:missing")
    #expect(Self.judge(Gate.Rules(allow: both), [result]).broken.isEmpty)
    #expect(Self.judge(Gate.Rules(allow: Self.items("changed")), [result]).broken.isEmpty)
  }

  @Test func `executions are counted under each rule, with the first three of them`() throws {
    let edited = try Versions(Self.flow("a"), Self.flow("b")).diff()
    let judge = Self.judge(Gate.Rules(), Array(repeating: edited, count: 5))
    #expect(judge.compared == 5)
    let broken = try #require(judge.broken.first)
    #expect(judge.broken.count == 1)
    #expect(broken.count == 5)
    #expect(broken.examples.count == 3)
    #expect(broken.examples[0].change?.path == "Message/Text")
  }

  @Test func `a missing effect of a forbidden connector is found behind another change`() throws {
    let result = try Versions(Self.flow("a", mails: true), Self.flow("b")).diff()
    let allow = Self.items("changed")
    for (connectors, methods, isBroken) in [
      (["gmail"], [], true), (["slack"], [], false), (["gmail"], ["send"], true),
      (["gmail"], ["read"], false), ([], [], true), (["okta", "gmail"], [], true),
    ] as [([Text], [Text], Bool)] {
      let forbidden = ForbiddenEffect([.missing], connectors: connectors, methods: methods)
      let judge = Self.judge(Gate.Rules(allow: allow, forbid: [forbidden]), [result])
      #expect(judge.broken.isEmpty != isBroken, "\(forbidden)")
      #expect(judge.broken.first?.examples.first?.change?.kind == (isBroken ? .missing : nil))
    }
  }

  @Test func `a method that takes the place of a forbidden connector's counts as its change`()
    throws
  {
    var other = FlowBuilder("main")
    other.card("start", "control:callable")
    other.card("post", "teams:send", ["Message/Text": .constant("a")])
    let result = try Versions(Self.flow("a"), [other]).diff()
    let kinds = ForbiddenEffect.Kind.allCases
    for connector: Text in ["slack", "teams"] {
      let rules = Gate.Rules(
        allow: Self.items("changed"),
        forbid: [ForbiddenEffect(kinds, connectors: [connector])]
      )
      #expect(Self.judge(rules, [result]).broken.count == 1, "\(connector): \(result)")
    }
  }

  @Test func `skipped executions are not compared, and may be up to a number`() throws {
    let skipped = DiffResult.skipped("e", .running)
    let three = Array(repeating: skipped, count: 3)
    #expect(Self.judge(Gate.Rules(), three).broken.map(\.rule) == ["allow"])
    #expect(Self.judge(Gate.Rules(limits: [.skipped: 3]), three).broken.isEmpty)
    let judge = Self.judge(Gate.Rules(limits: [.skipped: 2]), three)
    #expect(judge.compared == 0)
    #expect(judge.broken.map(\.sentence) == ["more than 2 skipped"])
    #expect(judge.broken.first?.count == 3)
  }

  @Test func `a flow's own rules stand in place of those for all, by name or id`() throws {
    let edited = try Versions(Self.flow("a"), Self.flow("b")).diff()
    let own = Gate.Rules(allow: Self.items("changed"))
    for key: Text in ["main", "Main"] {
      #expect(Self.judge(Gate.Rules(), [edited], flows: [key: own]).broken.isEmpty)
    }
    let other = Self.judge(Gate.Rules(), [edited], flows: ["another": own])
    #expect(other.broken.map(\.place) == ["allow"])
    let narrow = Self.judge(own, [edited], flows: ["Main": Gate.Rules()])
    #expect(narrow.broken.map(\.place) == ["flows.Main.allow"])
  }

  @Test func `events that would start the new version only are against the rules unless limited`() {
    var judge = GateJudge(Gate(Gate.Rules()))
    judge.take(wouldStart: 2, ofFlow: "main", named: "Main")
    #expect(judge.broken.map(\.count) == [2])
    var lax = GateJudge(Gate(Gate.Rules(limits: [.wouldStart: 2])))
    lax.take(wouldStart: 2, ofFlow: "main", named: "Main")
    #expect(lax.broken.isEmpty)
  }
}
