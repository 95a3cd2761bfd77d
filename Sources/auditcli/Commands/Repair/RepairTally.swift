/// How far the application of a plan has come.
struct RepairTally {
  /// At how many failures of a hundred it stops.
  let stopAt: Int
  private var repaired = 0
  private var already = 0
  private var failed = 0
  private var otherwise = 0
  private var refused = 0
  /// Whether the last one was begun now.
  private(set) var lastWasBegun = false

  init(stopAt: Int) {
    self.stopAt = stopAt
  }

  /// How many were looked at.
  var total: Int { repaired + otherwise + already + failed + refused }
  /// How many were begun now, or gone on with.
  var begun: Int { repaired + otherwise + failed }
  /// How many are not repaired.
  var open: Int { otherwise + failed + refused }
  /// Whether too many have failed.
  var hasToStop: Bool { begun >= Self.fewest && failed * 100 >= stopAt * begun }

  /// So few do not tell.
  private static let fewest = 5

  mutating func add(_ outcome: RepairApplication.Outcome) {
    lastWasBegun = false
    switch outcome {
    case .already: already += 1
    case .refused, .tried: refused += 1
    case .otherwise:
      otherwise += 1
      lastWasBegun = true
    case .repaired:
      repaired += 1
      lastWasBegun = true
    case .failed, .inDoubt:
      failed += 1
      lastWasBegun = true
    }
  }

  /// What became of all of them.
  func sentence(of count: Int) -> String {
    var parts = ["\(repaired) repaired"]
    if otherwise > 0 { parts.append("\(otherwise) repaired otherwise than planned") }
    if already > 0 { parts.append("\(already) repaired before") }
    if failed > 0 { parts.append("\(failed) failed") }
    if refused > 0 { parts.append("\(refused) left alone") }
    if count > total { parts.append("\(count - total) not begun") }
    return parts.joined(separator: ", ") + (hasToStop && count > total ? ": too many failed" : "")
  }
}
