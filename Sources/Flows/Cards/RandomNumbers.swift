internal import Values

/// Random numbers as an answer of the surroundings brings them.
enum RandomNumbers {
  /// The numbers of an answer to a request for `count`.
  ///
  /// - Throws: `CardError` where the answer has another form; a damaged recording must not trap.
  static func read(_ answer: Value?, count: Int) throws(CardError) -> [Double] {
    if count == 0 { return [] }
    guard case .list(let items)? = answer, items.count == count else { throw malformed }
    var numbers: [Double] = []
    for item in items {
      guard case .number(let number) = item, number >= 0, number < 1 else { throw malformed }
      numbers.append(number)
    }
    return numbers
  }

  private static let malformed = CardError(
    kind: .invalidInput,
    message: "The answer to a request for random numbers holds none."
  )
}

extension Double {
  /// The index below `count` that a number from 0 up to 1 stands for.
  func index(below count: Int) -> Int {
    Swift.max(0, Swift.min(count - 1, Int(self * Double(count))))
  }
}
