/// What is done with recipients, as the log tells of it.
enum RecipientEventType: String {
  case added = "recipient.added"
  case rotated = "recipient.rotated"
  case removed = "recipient.removed"
}
