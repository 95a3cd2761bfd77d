/// What LMDB keeps in the file itself, without checks of its own.
extension Verifier {
  /// The slices a walk is cut into, in order.
  var slices: [Range<UInt64>] {
    stride(from: 0, to: head.size, by: Int(EventLog.sliceLength)).map {
      $0..<min($0 + EventLog.sliceLength, head.size)
    }
  }

  /// Compares the transaction numbers of the file's two meta pages.
  ///
  /// The page with the greater number counts. A commit writes them in turn, so the numbers are
  /// neighbours; where they are not, one was changed, and the last commit may be out of sight.
  mutating func verifyMetaPages() throws {
    guard let numbers = try log.environment.metaPageTransactions() else {
      report(Problem(.alteredFile, "the meta pages cannot be read"))
      return
    }
    if !areNeighbours(numbers) {
      report(Problem(.alteredFile, "the meta pages are not of neighbouring transactions"))
    }
  }

  private func areNeighbours(_ numbers: [UInt64]) -> Bool {
    let (low, high) = (min(numbers[0], numbers[1]), max(numbers[0], numbers[1]))
    return high - low == 1 && numbers[0].isMultiple(of: 2) && !numbers[1].isMultiple(of: 2)
  }
}
