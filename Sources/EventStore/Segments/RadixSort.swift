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
      var starts = [Int](repeating: 0, count: 257)
      for posting in source { starts[Int(posting >> shift & 0xff) + 1] += 1 }
      guard !starts.contains(postings.count) else { continue }
      for digit in 1..<257 { starts[digit] += starts[digit - 1] }
      for posting in source {
        let digit = Int(posting >> shift & 0xff)
        target[starts[digit]] = posting
        starts[digit] += 1
      }
      swap(&source, &target)
    }
    return source
  }
}
