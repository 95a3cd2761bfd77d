/// How files are ingested.
public struct IngestOptions: Sendable {
  /// What the documents are written as; nil to guess for each.
  public var format: InboundFormat?
  /// Who the events speak for, whatever they say themselves; nil to take their word.
  public var origin: String?
  /// The hook whose filter decides what is taken in, and whose origin stands in.
  public var hook: Hook?
  /// Whether secrets that events bring stay in the log, rather than covers of them.
  public var keepsSecrets: Bool
  /// How many threads parse, hash and compress.
  public var threads: Int

  /// Makes options.
  public init(
    format: InboundFormat? = nil,
    origin: String? = nil,
    hook: Hook? = nil,
    keepsSecrets: Bool = false,
    threads: Int = 2
  ) {
    self.format = format
    self.origin = origin
    self.hook = hook
    self.keepsSecrets = keepsSecrets
    self.threads = threads
  }
}
