public import Flows

/// Where answers come from that a recording lacks.
public struct AnswerSources {
  /// The newest answer to the same request in the log before the execution's start; asked for reads
  /// only, and not for those that the log itself answers.
  public let newestInLog: (EffectRequest, Recording) -> FoundAnswer?
  /// What somebody says is answered, whatever was recorded.
  public let overriding: (EffectRequest) -> FoundAnswer?
  /// What an answers file says.
  public let scripted: (EffectRequest) -> FoundAnswer?
  /// What clock and zones say where no recording does.
  public let surroundings: (AmbientRequest) -> FoundAnswer?
  /// What reads tables and System Log entries, nil where no log does.
  public let log: LogReads?

  /// Makes sources.
  public init(
    newestInLog: @escaping (EffectRequest, Recording) -> FoundAnswer? = { _, _ in nil },
    overriding: @escaping (EffectRequest) -> FoundAnswer? = { _ in nil },
    scripted: @escaping (EffectRequest) -> FoundAnswer? = { _ in nil },
    surroundings: @escaping (AmbientRequest) -> FoundAnswer? = { _ in nil },
    log: LogReads? = nil
  ) {
    self.newestInLog = newestInLog
    self.overriding = overriding
    self.scripted = scripted
    self.surroundings = surroundings
    self.log = log
  }

  /// No answers but those of the recording.
  public static var none: AnswerSources { AnswerSources() }
}
