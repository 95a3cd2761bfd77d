/// A family of events that share a compression dictionary.
public enum DictionaryClass: UInt8, Sendable, CaseIterable {
  /// What other systems sent.
  case inbound = 1
  /// What this program recorded.
  case recorded = 2
}
