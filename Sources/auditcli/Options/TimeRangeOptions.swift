internal import ArgumentParser
internal import Values

/// A span of claimed time.
struct TimeRangeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "From this time on.",
      discussion: "ISO 8601, UTC where no offset is given",
      valueName: "time"
    ),
    transform: TimeArgument.init(parsing:)
  )
  var since: TimeArgument?

  @Option(
    name: .long,
    help: ArgumentHelp("Before this time.", valueName: "time"),
    transform: TimeArgument.init(parsing:)
  )
  var until: TimeArgument?
}

/// A time on the command line.
struct TimeArgument {
  let milliseconds: Int64

  /// Reads a date, or a date with a time.
  ///
  /// - Throws: `ValidationError` with the accepted forms.
  init(parsing argument: String) throws {
    let text = argument.contains("T") ? argument : argument + "T00:00:00Z"
    guard let instant = Instant(iso8601: Text(text)) else {
      throw ValidationError(
        "a time is written 2026-09-14, 2026-09-14T07:14:00Z or 2026-09-14T09:14:00+02:00"
      )
    }
    milliseconds = instant.milliseconds
  }
}
