internal import Foundation

/// One line on a terminal's standard error that tells how far long work has come.
struct ProgressLine {
  private let title: String
  private let started = DispatchTime.now().uptimeNanoseconds
  private var lastShown: UInt64 = 0

  init(_ title: String) {
    self.title = title
  }

  /// Shows `done` of `total` with rate and time left, ten times a second at most.
  mutating func show(_ done: UInt64, of total: UInt64?, unit: String = "events") {
    let now = DispatchTime.now().uptimeNanoseconds
    guard Terminal.showsProgress, now - lastShown > 100_000_000 else { return }
    lastShown = now
    let seconds = Double(now - started) / 1e9
    let rate = seconds > 0 ? Double(done) / seconds : 0
    var line = "\(title) \(done)"
    if let total, total > 0 {
      line += " of \(total) (\(done * 100 / total) %)"
    }
    line += " · \(Int(rate)) \(unit)/s"
    if let total, rate > 0, total >= done {
      line += " · \(Int((Double(total - done) / rate).rounded(.up))) s left"
    }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
  }

  /// Removes the line.
  func clear() {
    guard Terminal.showsProgress, lastShown > 0 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
