public import Values

/// The events that start the new version, but did not start the old one: how many, and the first.
public struct WouldStarts: Hashable, Sendable {
  /// How many there are.
  public private(set) var count = 0
  /// The first of them.
  public private(set) var examples: [WouldStart] = []

  /// Makes a list of none.
  public init() {}

  /// Counts an event.
  public mutating func add(_ event: WouldStart) {
    count += 1
    if examples.count < DiffGroup.maximumExamples { examples.append(event) }
  }

  /// The count and the examples as the last JSON line shows them.
  public var value: Value {
    ["count": Value(count: count), "examples": .list(examples.map(\.value))]
  }
}
