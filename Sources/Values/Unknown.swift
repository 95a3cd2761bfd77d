/// Which requests would have to be answered for a value to be known.
///
/// Unknown values flow on through cards; a report names the requests they come from.
public struct Unknown: Hashable, Sendable {
  /// Indices of the unanswered requests, ascending and without repeats, as the driver numbers them.
  public let requests: [Int]

  /// Makes the unknown that the answers to `requests`, in any order, would resolve.
  public init(requests: [Int]) {
    self.requests = Array(Set(requests)).sorted()
  }

  /// The unknown that needs the answers to both.
  public func union(_ other: Unknown) -> Unknown {
    Unknown(requests: requests + other.requests)
  }
}
