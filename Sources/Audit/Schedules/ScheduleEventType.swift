/// What the log tells of schedules.
public enum ScheduleEventType: String, Sendable {
  /// A time came at which a flow starts.
  case tick = "schedule.tick"
  /// Times went by at which a flow would have started, and it did not.
  case missed = "schedule.missed"
}
