import Foundation
import Synchronization
import TestSupport

/// A service that counts what it did, and refuses what it is told to; it knows no keys of requests.
final class FailingService: Sendable {
  private struct State {
    var done: [String: Int] = [:]
    var refused: Set<String> = []
    var cut: Set<String> = []
    var name = "Ada"
  }

  private let state = Mutex(State())
  private let delay: Double

  init(delay: Double = 0) {
    self.delay = delay
  }

  /// Refuses requests such as `POST /message`.
  func refuse(_ requests: String...) { state.withLock { $0.refused = Set(requests) } }

  /// Does what requests ask, and hangs up instead of answering.
  func cut(_ requests: String...) { state.withLock { $0.cut = Set(requests) } }

  /// Gives users another name.
  func rename(_ name: String) { state.withLock { $0.name = name } }

  func answer(_ request: StandInRequest) -> StandInReaction {
    let name = "\(request.method) \(request.target)"
    let (isRefused, isCut, user) = state.withLock { state in
      let isRefused = state.refused.contains(name)
      if !isRefused { state.done[name, default: 0] += 1 }
      return (isRefused, state.cut.contains(name), state.name)
    }
    if delay > 0 { Thread.sleep(forTimeInterval: delay) }
    if isCut { return .hangUp }
    return isRefused
      ? .json("{\"error\":\"broken\"}", status: 400) : .json("{\"name\":\"\(user)\"}")
  }

  /// How often a request was done.
  func count(_ request: String) -> Int { state.withLock { $0.done[request, default: 0] } }

  var all: Int { state.withLock { $0.done.values.reduce(0, +) } }
}
