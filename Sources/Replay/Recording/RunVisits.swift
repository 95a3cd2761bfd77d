internal import Flows
internal import Values

/// The cards that a run came to, which the last of its recording's ends tells.
///
/// They are told of recordings that are whole, so that who reads them need not read the rest.
struct RunVisits {
  private var known: Set<Text> = []
  private var cards: [Text] = []
  private var isWhole: Bool
  /// How many executions were called, the root among them, and have not begun.
  private var awaited = 1

  init(_ root: RecordingHeader) {
    isWhole = root.savesValues && root.mode != .observed
  }

  /// Notes that an execution began.
  mutating func began() { awaited -= 1 }

  /// Notes that a step ended.
  mutating func ended(_ step: borrowing Step) {
    awaited += step.callees.count
    let card = step.card.uuid
    if known.insert(card).inserted { cards.append(card) }
  }

  /// Notes the error that ended an execution; some leave nothing that could be compared.
  mutating func failed(with error: RecordedError) {
    if error.error.kind.name == SkipReason.cancelledKind || SkipReason(ending: error) != nil {
      isWhole = false
    }
  }

  /// The ids of the cards in the order in which each first ended a step; nil where the recording is
  /// not whole, and while an execution that was called has not begun.
  var told: [Text]? { isWhole && awaited == 0 ? cards : nil }
}
