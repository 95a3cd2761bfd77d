internal import Values

/// Cards of dates that only Okta's pages tell of.
enum DocumentedDateCards {
  /// *ISO*: a date as text, in UTC and with milliseconds, such as `2026-01-02T03:04:05.006Z`.
  ///
  /// Source: Okta's list of functions. *Unix* and *EPOCH* stand beside it, with the same fields.
  static let all = FunctionCard.at(["date:iso", "date:toISO", "date:toISOString"]) {
    (call) throws(CardError) in
    let value = call.value(at: 0, ["start", "date"])
    guard let instant = Coercion.instant(of: value) else { throw CardError.noDate(value) }
    call.setResult(["output", "iso"], to: .text(instant.iso8601))
  }
}
