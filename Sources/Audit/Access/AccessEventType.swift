/// What is done about access to a log, as the log tells of it.
enum AccessEventType: String {
  case tokenAdded = "token.added"
  case tokenRevoked = "token.revoked"
  case read = "log.read"
}
