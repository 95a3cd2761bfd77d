/// What is done with hooks, as the log tells of it.
enum HookEventType: String {
  case added = "hook.added"
  case rotated = "hook.rotated"
  case removed = "hook.removed"
}
