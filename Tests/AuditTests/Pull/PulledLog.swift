import Audit
import EventStore
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// A log into which an org's System Log is pulled, without a network and without waiting.
struct PulledLog {
  let log: EventLog
  let org: SystemLogStandIn
  let url = "https://acme.example.com"
  /// How long was waited, each time.
  let waits = Waits()

  /// The time of all pulls.
  static let now: Int64 = 1_790_000_000_000

  final class Waits: Sendable {
    private let all = Mutex<[Double]>([])

    func add(_ milliseconds: Double) { all.withLock { $0.append(milliseconds) } }

    var milliseconds: [Double] { all.withLock { $0 } }
  }

  init(_ log: EventLog, _ org: SystemLogStandIn) {
    self.log = log
    self.org = org
  }

  /// The usual options, without patience for hooks, from before all generated entries on.
  static var options: PullOptions {
    var options = PullOptions()
    options.patience = 0
    options.since = 1_780_000_000_000
    return options
  }

  func pull(_ options: PullOptions = Self.options) throws -> PullReport {
    var pull = try prepared(options)
    return try pull.run()
  }

  func prepared(_ options: PullOptions = Self.options) throws -> SystemLogPull {
    let (org, url, waits) = (org, url, waits)
    return try SystemLogPull(
      log,
      url: url,
      connection: "Acme",
      options,
      PullWorld(
        ask: { address throws(PullFailure) in try Self.answer(org, url, address) },
        now: { Self.now },
        sleep: { waits.add($0) }
      )
    )
  }

  private static func answer(
    _ org: SystemLogStandIn,
    _ url: String,
    _ address: String
  ) throws(PullFailure) -> PulledAnswer {
    guard address.hasPrefix("/") || address.hasPrefix(url + "/") else {
      throw .elsewhere("\(address) is elsewhere")
    }
    let target = address.hasPrefix("/") ? address : String(address.dropFirst(url.count))
    let request = StandInRequest(
      method: "GET",
      target: target,
      fields: [("authorization", "SSWS \(OktaStandIn.token)")]
    )
    guard case .reply(let status, let fields, let body) = org.answer(request, at: url) else {
      throw .passing("it broke off")
    }
    let next = fields.first { $0.0 == "Link" && $0.1.hasSuffix("rel=\"next\"") }
      .map { String($0.1.dropFirst().prefix { $0 != ">" }) }
    return PulledAnswer(
      status: status,
      body: body,
      next: next,
      waitMilliseconds: status == 429 ? 2_500 : 0,
      redirect: fields.first { $0.0 == "Location" }?.1
    )
  }

  /// Types, data and correlations of all events, for comparison.
  func contents() throws -> [String] {
    var contents: [String] = []
    try log.read(Position(0)..<Position(.max)) { event in
      let correlation = String(decoding: event.attributes.correlation, as: UTF8.self)
      let data = String(decoding: event.data, as: UTF8.self)
      contents.append("\(event.type) \(correlation) \(data)")
      return true
    }
    return contents
  }

  func count(_ type: String) throws -> Int {
    try contents().count { $0.hasPrefix(type + " ") }
  }
}
