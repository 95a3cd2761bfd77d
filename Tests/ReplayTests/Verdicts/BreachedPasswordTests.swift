import Flows
import Replay
import Testing
import Values

/// The two versions of the breached-credential flow over the deliveries of the demo.
@Suite struct BreachedPasswordTests {
  private static let flow: Text = "Breached credential"

  private struct Story {
    let old: Program
    let new: Program
    let recordings: [Recording]

    init() throws {
      old = try FixtureFile.program("flows/breached-password-v1.flopack", flow: flow)
      new = try FixtureFile.program("flows/breached-password-v2.flopack", flow: flow)
      let answers = try DemoAnswers()
      let deliveries = try FixtureFile.lines("events/breached-credential-deliveries.ndjson")
      let program = old
      recordings = deliveries.prefix(6).enumerated().map { number, body in
        RunInMemory.record(
          program,
          trigger: .http(HTTPRequest(body: body)),
          execution: Text("delivery-\(number + 1)"),
          answer: answers.answer
        )
      }
    }
  }

  @Test func `every delivery replays identically`() throws {
    let story = try Story()
    for recording in story.recordings {
      #expect(Replayer.replay(recording, story.old).outcome == .identical)
    }
  }

  @Test func `six deliveries have the verdicts of the story`() throws {
    let story = try Story()
    let differ = Differ(old: story.old, new: story.new)
    let results = story.recordings.map { differ.diff($0) }
    #expect(
      results.map(\.verdict) == [.changed, .identical, .equivalent, .fixed, .fixed, .identical]
    )
    #expect(
      results.map(\.proof) == [.proven, .proven, .proven, .assumed, .assumed, .proven]
    )
    #expect(results[0].changes.map(\.path) == ["Message/Text", "Email/Body"])
    #expect(results[0].changes.map(\.kind) == [.arguments, .arguments])
    #expect(results[3].assumptions.map(\.sentence) == ["gmail:sendEmail2 taken as succeeded"])
    #expect(results[0].card.flatMap(differ.alignment.name) == "Advice")
  }

  @Test func `the report counts by verdict and groups by edited card`() throws {
    let story = try Story()
    let differ = Differ(old: story.old, new: story.new)
    var report = DiffReport(differ)
    for recording in story.recordings { report.add(differ.diff(recording)) }
    #expect(report.summary.counts == [.changed: 1, .identical: 2, .equivalent: 1, .fixed: 2])
    #expect(report.hasFindings)
    #expect(report.groups.first?.key.verdict == .fixed)
    #expect(report.groups.first?.examples == ["delivery-4", "delivery-5"])
    #expect(report.groups.contains { $0.name == "Advice" && $0.key.verdict == .changed })
  }

  @Test func `the edited cards are found, and only those`() throws {
    let story = try Story()
    let alignment = Differ(old: story.old, new: story.new).alignment
    #expect(alignment.removed == [])
    let edited = alignment.matches.filter { $0.isEdited }.map { alignment.name(of: $0.new) }
    #expect(edited == ["Advice"])
    #expect(alignment.matches.allSatisfy { $0.origin == .uuid })
  }

  @Test func `comparing twice gives the same bytes`() throws {
    let story = try Story()
    func lines() -> [[UInt8]] {
      let differ = Differ(old: story.old, new: story.new)
      return story.recordings.map { JSON.serialize(differ.diff($0).value) }
    }
    #expect(lines() == lines())
  }
}
