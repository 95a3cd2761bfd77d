public import Values

/// Why a schedule cannot be followed; the flow does not start by itself then.
public enum ScheduleError: Error, Hashable, Sendable {
  /// A field of the schedule does not read.
  case field(name: String, text: Text, reason: String)
  /// This machine has no zone of that name.
  case unknownZone(Text)
  /// The first or last day is no date.
  case date(Text)
  /// The schedule repeats in a way that is not known.
  case recurrence(Double)
}

extension ScheduleError: CustomStringConvertible {
  /// What is wrong, and what to do where something can be done.
  public var description: String {
    switch self {
    case .field(let name, let text, let reason): "its \(name) are \"\(text)\": \(reason)"
    case .unknownZone(let zone):
      "this machine knows no time zone \"\(zone)\"; the package tzdata brings those there are"
    case .date(let text): "\"\(text)\" is neither a day such as 2026-01-31 nor a time"
    case .recurrence(let number):
      "its recurrence is \(Text(number)); what a number other than 0 means is not documented"
    }
  }
}
