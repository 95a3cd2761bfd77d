import Testing

@testable import auditcli

/// Work by several threads hands over what one thread would.
@Suite struct OrderedWorkTests {
  private struct Broken: Error, Equatable {
    let item: Int
  }

  @Test(arguments: [1, 2, 3, 8, 32], [0, 1, 3, 100, 5_000])
  func `results come in the order of the items`(_ threads: Int, _ count: Int) throws {
    var taken: [Int] = []
    try OrderedWork.forEach(Array(0..<count), threads: threads) {
      $0 * 2
    } _: {
      taken.append($0)
    }
    #expect(taken == (0..<count).map { $0 * 2 })
  }

  @Test(arguments: [1, 2, 3, 8])
  func `the first of the errors is thrown, behind the results before it`(_ threads: Int) {
    var taken: [Int] = []
    #expect(throws: Broken(item: 700)) {
      try OrderedWork.forEach(Array(0..<2_000), threads: threads) { item in
        if item == 700 || item > 720 { throw Broken(item: item) }
        return item
      } _: {
        taken.append($0)
      }
    }
    #expect(taken == Array(0..<700))
  }

  @Test(arguments: [1, 2, 8])
  func `an error of who takes the results ends the work`(_ threads: Int) {
    var taken = 0
    #expect(throws: Broken(item: 10)) {
      try OrderedWork.forEach(Array(0..<2_000), threads: threads) {
        $0
      } _: { item in
        if item == 10 { throw Broken(item: item) }
        taken += 1
      }
    }
    #expect(taken == 10)
  }
}
