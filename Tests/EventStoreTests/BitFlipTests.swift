import Foundation
import Synchronization
import TestSupport
import Testing

@testable import EventStore

@Suite struct BitFlipTests {
  /// What came of one flipped bit.
  private struct Tally: Sendable {
    var intact = 0
    var found = 0
    var crashed = 0
    var lies: [String] = []

    mutating func add(_ other: Tally) {
      intact += other.intact
      found += other.found
      crashed += other.crashed
      lies += other.lies
    }
  }

  /// A small store with something in every table.
  private func makeTemplate(_ path: String) throws {
    let log = try EventLog(at: path, options: workerOptions())
    for start in stride(from: 0, to: 120, by: 30) {
      try log.append(
        AppendBatch(
          (start..<start + 30).map { NumberedEvent.draft($0, longest: 2_200) },
          values: (start..<start + 30).filter { $0 % 10 == 0 }.map(NumberedEvent.value)
        )
      )
    }
    try log.append(AppendBatch([draft("conflict", "1"), draft("conflict", "2")]))
  }

  /// Has workers flip bits until all are done; one that dies is the finding for its bit.
  private func flip(
    _ template: String,
    _ folder: String,
    _ range: Range<Int>,
    seed: Int,
    truth: String
  ) throws -> Tally {
    var tally = Tally()
    var next = range.lowerBound
    while next < range.upperBound {
      let worker = try Worker(
        ["flip", template, folder, "\(next)", "\(range.upperBound)", "\(seed)"])
      while let line = worker.line() {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[2] != "begins" else { continue }
        next = (Int(words[0]) ?? next) + 1
        if words[2].hasPrefix("intact") {
          tally.intact += 1
          if words[2] != truth { tally.lies.append("bit \(words[1]): \(words[2])") }
        } else {
          tally.found += 1
        }
      }
      if worker.finish() != 0 {
        // It died at `next`: LMDB walked a bad page. The parent lives, and goes on behind it.
        tally.crashed += 1
        next += 1
      }
    }
    return tally
  }

  @Test func `no flipped bit changes an answer while verify says intact`() throws {
    let random = SplitMix64(forTest: "flipped bits")
    let seed = Int(random.seed % 1_000_000)
    try withTemporaryFolder { folder throws in
      let template = folder + "/store"
      try makeTemplate(template)
      let truth = try #require(try Worker(["digest", template]).lines().first)
      #expect(truth.hasPrefix("intact "))
      let count = Torture.count(3_000, full: 30_000)
      let halves = [0..<count / 2, count / 2..<count]
      let tallies = Mutex([Tally]())
      Threads(halves.count) { index in
        let flipped = "\(folder)/flipped-\(index)"
        guard let tally = try? flip(template, flipped, halves[index], seed: seed, truth: truth)
        else { return }
        tallies.withLock { $0.append(tally) }
      }.join()
      let tally = tallies.withLock { $0.reduce(into: Tally()) { $0.add($1) } }
      print(
        "flipped bits: \(count); intact and the same \(tally.intact), found \(tally.found), "
          + "ended the child \(tally.crashed)"
      )
      #expect(tally.lies == [])
      #expect(tally.intact + tally.found + tally.crashed == count)
    }
  }
}
