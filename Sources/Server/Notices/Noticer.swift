internal import Audit
internal import Dispatch
internal import EventStore
internal import Foundation
internal import Synchronization

/// Tells recipients of alerts, on threads of its own: one that looks, and one for each notice that is on
/// its way.
///
/// Each notice is in the log before it goes out, and so is what came of it. What a process leaves that
/// ends in between is in doubt, or sent again where its receiver knows it by its id.
final class Noticer: Sendable {
  private let log: EventLog
  private let sender: NoticeSender
  private let clock: ServerClock
  private let report: @Sendable (String) -> Void
  private let claim: Claim
  private let desk: Mutex<NoticeDesk>
  private let hasEnded = Mutex(false)
  private let tally = Mutex<[(state: String, count: Int)]>([])
  private let complaint = Mutex<(message: String, time: Int64)>(("", 0))
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let letters = DispatchGroup()

  /// So often the log is looked at, in milliseconds.
  private static let interval = 250
  /// Behind so many positions it is noted how far everything was told.
  private static let stride: UInt64 = 100_000

  /// Makes a noticer.
  ///
  /// - Throws: `ServerError.noticesElsewhere` where another process has one; `EventLogError`.
  init(
    _ log: EventLog,
    _ sender: NoticeSender,
    _ clock: ServerClock,
    report: @escaping @Sendable (String) -> Void
  ) throws {
    guard let claim = try NoticeDesk.claim(log) else {
      throw ServerError.noticesElsewhere
    }
    self.claim = claim
    self.log = log
    self.sender = sender
    self.clock = clock
    self.report = report
    desk = Mutex(try NoticeDesk(log))
  }

  /// Starts to tell.
  func start() {
    let thread = Thread { [self] in work() }
    thread.name = "auditcli noticer"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends when what is on its way was answered; what waits is for the next noticer.
  @available(*, noasync)
  func stop() {
    hasEnded.withLock { $0 = true }
    news.signal()
    ended.wait()
    letters.wait()
    attempt { try $0.rest() }
  }

  /// How many notices stand how, as of the last look; nobody is held up by asking.
  var counts: [(state: String, count: Int)] { tally.withLock { $0 } }

  private func work() {
    var hasTakenOver = false
    while !hasEnded.withLock({ $0 }) {
      // What the process before has left comes first, however often that has to be tried.
      if !hasTakenOver {
        attempt { desk in
          for notice in try desk.takeOver(at: clock.now) { tell(notice) }
          hasTakenOver = true
        }
      }
      if !hasTakenOver || !step() { _ = news.wait(timeout: .now() + .milliseconds(Self.interval)) }
    }
    ended.signal()
  }

  /// Looks once and sends what can be sent; returns whether there is more to look at.
  private func step() -> Bool {
    var hasMore = false
    attempt { desk in
      hasMore = try desk.look(at: clock.now)
      for notice in try desk.dropRemoved() { tell(notice) }
      try desk.rest(beyond: Self.stride)
      for letter in try desk.take(at: clock.now) { dispatch(letter) }
      tally.withLock { $0 = desk.counts }
    }
    return hasMore
  }

  private func dispatch(_ letter: NoticeLetter) {
    letters.enter()
    let thread = Thread { [self] in
      deliver(letter)
      letters.leave()
      news.signal()
    }
    thread.name = "auditcli notice"
    thread.stackSize = 4 << 20
    thread.start()
  }

  private func deliver(_ letter: NoticeLetter) {
    var request: Position?
    attempt { request = try $0.begin(letter) }
    guard let request else { return }
    let outcome = sender.send(letter)
    attempt { desk in
      if let notice = try desk.end(letter, outcome, request: request, at: clock.now) {
        tell(notice)
      }
    }
  }

  private func attempt(_ body: (inout NoticeDesk) throws -> Void) {
    do {
      try desk.withLock { try body(&$0) }
    } catch {
      complain("notices: \(error)")
    }
  }

  /// Reports what goes wrong; the same, once a minute.
  private func complain(_ message: String) {
    let now = clock.now
    let isNews = complaint.withLock { last in
      if last.message == message, (0..<60_000).contains(now - last.time) { return false }
      last = (message, now)
      return true
    }
    if isNews { report(message) }
  }

  /// Tells of a notice that somebody may have to look after.
  private func tell(_ notice: Notice) {
    let name = "the notice \(notice.id) to \(notice.recipient)"
    let reason = notice.reason ?? "no reason given"
    switch notice.state {
    case .doubted:
      report(
        "\(name) is in doubt: \(reason). `auditcli notice resolve \(notice.id) sent` or `not-sent` says "
          + "what became of it"
      )
    case .failed: report("\(name) failed and is not sent again: \(reason)")
    case .waiting where notice.tries == 1: report("\(name) is sent again later: \(reason)")
    case .waiting, .sending, .sent: break
    }
  }
}
