/// Sorting of postings by their high half, stable, eight bits at a time.
enum RadixSort {
  /// The postings by term, then in the order given; passes in which all agree are left out.
  ///
  /// - Complexity: O(*n*).
  static func sorted(_ postings: [UInt64]) -> [UInt64] {
    guard postings.count > 1 else { return postings }
    var source = postings
    var target = [UInt64](repeating: 0, count: postings.count)
    for shift in stride(from: UInt64(32), to: 64, by: 8) {
      let hasMoved = source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { move(source, to: $0, by: shift) }
      }
      if hasMoved { swap(&source, &target) }
    }
    return source
  }

  /// One pass, by the eight bits at `shift`; false where all agree in them, and nothing was moved.
  private static func move(
    _ source: UnsafeBufferPointer<UInt64>,
    to target: UnsafeMutableBufferPointer<UInt64>,
    by shift: UInt64
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { starts in
      starts.initialize(repeating: 0)
      for posting in source { starts[Int(posting >> shift & 0xff) + 1] += 1 }
      guard !starts.contains(source.count) else { return false }
      for digit in 1..<257 { starts[digit] += starts[digit - 1] }
      for posting in source {
        let digit = Int(posting >> shift & 0xff)
        target[starts[digit]] = posting
        starts[digit] += 1
      }
      return true
    }
  }
}
