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
    )
  )
  var since: TimeArgument?

  @Option(name: .long, help: ArgumentHelp("Before this time.", valueName: "time"))
  var until: TimeArgument?
}

/// A time on the command line.
struct TimeArgument: ExpressibleByArgument {
  let milliseconds: Int64

  init?(argument: String) {
    let text = argument.contains("T") ? argument : argument + "T00:00:00Z"
    guard let instant = Instant(iso8601: Text(text)) else { return nil }
    milliseconds = instant.milliseconds
  }
}
