/// What an ingest is told.
public struct IngestOptions: Sendable {
  /// What the documents are written as; nil to guess for each.
  public var format: InboundFormat?
  /// Who they speak for, whatever they say themselves.
  public var origin: String?
  /// Who they speak for where they do not say.
  public var defaultOrigin: String?
  /// Which events a hook lets through, told by their bytes; nil for all.
  public var admits: (@Sendable ([UInt8]) -> Bool)?

  /// Makes options that guess and take everything.
  public init() {}
}
