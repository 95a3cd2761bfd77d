internal import Values

/// Asks an org for pages, again where an answer did not come whole, and not before the org allows it.
struct PageAsking {
  /// Why no page comes.
  struct Stop: Error {
    let reason: String
    /// Whether it is the address that the org does not take.
    var isOfAddress = false
    /// Whether it may be over by itself.
    var isPassing = false

    init(_ reason: String, isOfAddress: Bool = false, isPassing: Bool = false) {
      self.reason = reason
      self.isOfAddress = isOfAddress
      self.isPassing = isPassing
    }
  }

  private let world: PullWorld
  private let intake: PageIntake

  init(_ world: PullWorld, _ intake: PageIntake) {
    self.world = world
    self.intake = intake
  }

  /// How many entries a page has at most.
  static let pageSize = 1000
  /// How many attempts are made at an answer that does not come whole.
  private static let attempts = 6
  /// How often an org may ask for patience, one time after the other.
  private static let refusals = 100
  /// How long is waited before the second attempt, in milliseconds; before each other one twice as long.
  private static let pause = 500.0

  /// The answer that is a page.
  ///
  /// Where an answer is too long, pages become shorter.
  func ask(_ address: inout String) throws(Stop) -> PulledAnswer {
    var (failures, refusals) = (0, 0)
    while true {
      var wait = 0.0
      switch try attempt(&address) {
      case .page(let answer): return answer
      case .again: continue
      case .tooOften(let told):
        refusals += 1
        guard refusals <= Self.refusals else {
          throw Stop(
            "the org has asked for patience \(Self.refusals) times in a row; pull later",
            isPassing: true
          )
        }
        wait = max(told, Self.pause)
      case .failed(let reason, let told):
        failures += 1
        guard failures < Self.attempts else {
          throw Stop("no page came in \(Self.attempts) attempts: \(reason)", isPassing: true)
        }
        wait = max(told, Self.pause * Double(1 << (failures - 1)))
      }
      world.sleep(wait)
    }
  }

  private enum Attempt {
    case page(PulledAnswer)
    /// Shorter pages are to be asked for.
    case again
    case tooOften(Double)
    case failed(String, wait: Double)
  }

  private func attempt(_ address: inout String) throws(Stop) -> Attempt {
    let answer: PulledAnswer
    do throws(PullFailure) {
      answer = try world.ask(address)
    } catch {
      switch error {
      case .elsewhere(let reason): throw Stop(reason, isOfAddress: true)
      case .lasting(let reason): throw Stop(reason)
      case .passing(let reason): return .failed(reason, wait: 0)
      case .tooLong(let reason):
        guard let shorter = Self.shortened(address) else {
          throw Stop("\(reason) The connection's \"maximumResponse\" allows more.")
        }
        address = shorter
        return .again
      }
    }
    switch answer.status {
    case 200:
      do throws(PageIntake.Damaged) {
        try intake.check(answer.body)
        return .page(answer)
      } catch {
        return .failed(error.description, wait: 0)
      }
    case 429: return .tooOften(answer.waitMilliseconds)
    case 500...599:
      return .failed("the org answers with status \(answer.status)", wait: answer.waitMilliseconds)
    case 300..<400:
      throw Stop(
        "the org redirects to \(answer.redirect ?? "another address"), which is not followed"
      )
    default:
      throw Stop(
        "the org answers with status \(answer.status): \(Self.summary(answer.body))",
        isOfAddress: [400, 404, 410].contains(answer.status)
      )
    }
  }

  /// What an error's body says, in Okta's form of it.
  private static func summary(_ body: [UInt8]) -> String {
    guard case .object(let members)? = try? JSON.parse(body),
      case .text(let summary)? = members["errorSummary"]
    else { return "no reason given" }
    return String(summary.description.prefix(500))
  }

  /// The address of pages with half as many entries; nil where they have one.
  private static func shortened(_ address: String) -> String? {
    let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var pairs = (parts.count > 1 ? parts[1].split(separator: "&") : []).map(String.init)
    let index = pairs.firstIndex { $0.hasPrefix("limit=") }
    let limit = index.flatMap { Int(pairs[$0].dropFirst(6)) } ?? pageSize
    guard limit > 1 else { return nil }
    if let index { pairs.remove(at: index) }
    pairs.append("limit=\(limit / 2)")
    return parts[0] + "?" + pairs.joined(separator: "&")
  }
}
