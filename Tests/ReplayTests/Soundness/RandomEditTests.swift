import Flows
import Replay
import TestSupport
import Testing
import Values

/// Random edits of whole flows: what is told without running is byte for byte what running tells.
@Suite struct RandomEditTests {
  /// What the command prints of a version, line by line, once running only what has to be run and once
  /// running everything.
  private struct Answers {
    var lines: [(proven: Text?, run: Text)] = []
    var inProportion: DiffReport
    var full: DiffReport

    init(_ flow: EditedFlow, _ closure: FlowClosure) {
      let differ = Differ(old: flow.program, new: Program(closure))
      (inProportion, full) = (DiffReport(differ), DiffReport(differ))
      for recording in flow.recordings {
        let run = differ.diff(recording)
        let proven = differ.unaffected(RecordingOutline(recording))
        lines.append((proven.map { JSON.text($0.value) }, JSON.text(run.value)))
        full.add(run)
        inProportion.add(proven ?? run)
      }
    }

    /// What running tells otherwise.
    var differences: [String] {
      lines.compactMap { proven, run in
        proven == nil || proven == run ? nil : "\(run)"
      }
    }
  }

  private struct Tally {
    var versions = 0
    var proven = 0
    var run = 0
    var changed = 0
    var kinds: [FlowEdits.Kind: Int] = [:]

    mutating func add(_ answers: Answers, _ kinds: [FlowEdits.Kind]) {
      versions += 1
      for kind in kinds { self.kinds[kind, default: 0] += 1 }
      proven += answers.lines.count { $0.proven != nil }
      run += answers.lines.count { $0.proven == nil }
      if answers.full.hasFindings { changed += 1 }
    }
  }

  /// The flows that are edited: those of the public packs where there are some, and the project's own.
  private static func exports() throws -> [(name: String, bytes: [UInt8])] {
    let own = try ["user-activated", "breached-password-v1", "failed-logins-report"].map {
      ($0, try Fixtures.bytes("flows/\($0).flopack"))
    }
    let packs = try SharedData.names(in: "okta-templates").map {
      ($0, try SharedData.bytes("okta-templates/\($0)/workflow.flopack"))
    }
    return own + packs
  }

  @Test func `random edits are told alike in proportion and in full`() throws {
    var edits = FlowEdits(SplitMix64(forTest: "random edits"))
    let exports = try Self.exports()
    let wanted = Torture.count(200, full: 2_000)
    var tally = Tally()
    while tally.versions < wanted {
      let export = exports[edits.below(exports.count)]
      let pack = try FlowPack.load(export.bytes, source: export.name)
      let chosen = pack.flows[edits.below(pack.flows.count)]
      let value = try JSON.parse(export.bytes)
      guard let flow = EditedFlow(export.name, value, pack, chosen, seeds: 4) else { continue }
      for _ in 0..<5 {
        guard let (closure, kinds) = edits.edited(flow, edits: 1 + edits.below(3)) else { continue }
        let answers = Answers(flow, closure)
        #expect(answers.differences == [], "\(flow.name), \(kinds)")
        #expect(
          JSON.serialize(answers.inProportion.value) == JSON.serialize(answers.full.value),
          "\(flow.name), \(kinds)"
        )
        tally.add(answers, kinds)
      }
    }
    print(
      """
      random edits: \(tally.versions) versions, \(tally.changed) of them with findings, \
      \(tally.proven) results proven, \(tally.run) run; \(tally.kinds)
      """
    )
    #expect(tally.proven > 0 && tally.run > 0 && tally.changed > 0)
  }
}
