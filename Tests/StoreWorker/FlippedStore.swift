internal import EventStore
internal import Foundation
internal import TestSupport

/// A copy of a store in which single bits are flipped, one after the other.
struct FlippedStore {
  private let original: Data
  private let folder: String

  init(template: String, _ folder: String) throws {
    original = try Data(contentsOf: URL(fileURLWithPath: template + "/data.mdb"))
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Flips the bits `numbers[0]..<numbers[1]` of the row that seed `numbers[2]` gives, each alone,
  /// and tells for each its number in the row, its place, and what the store then answers.
  func flip(_ numbers: [Int]) throws {
    for number in numbers[0]..<numbers[1] {
      var random = SplitMix64(seed: UInt64(numbers[2]) &* 1_000_003 &+ UInt64(number))
      let bit = random.below(original.count * 8)
      StoreWorker.say("\(number) \(bit) begins")
      var flipped = original
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      try? FileManager.default.removeItem(atPath: folder + "/lock.mdb")
      try flipped.write(to: URL(fileURLWithPath: folder + "/data.mdb"))
      StoreWorker.say("\(number) \(bit) \(try StoreDigest.of(folder))")
    }
  }
}
