import Foundation
import Synchronization
import TestSupport

/// A service that counts what it did, by what the request says.
final class CountingService: Sendable {
  private let done = Mutex<[String: Int]>([:])
  private let delay: Double

  init(delay: Double) {
    self.delay = delay
  }

  func answer(_ request: StandInRequest) -> StandInReaction {
    done.withLock { $0["\(request.method) \(request.target)", default: 0] += 1 }
    Thread.sleep(forTimeInterval: delay)
    return .json("{\"ok\":true}")
  }

  func count(_ request: String) -> Int { done.withLock { $0[request, default: 0] } }

  var all: Int { done.withLock { $0.values.reduce(0, +) } }
}
