internal import Values

/// The cards that compute with dates; all of them work in UTC.
enum DateCards {
  static let all: [FunctionCard] = [
    FunctionCard("date:now", behaviour: .ambient(now)),
    FunctionCard("date:add") { (call) throws(CardError) in
      try shift(&call, by: call.number("scale"))
    },
    FunctionCard("date:subtract") { (call) throws(CardError) in
      try shift(&call, by: -call.number("scale"))
    },
    FunctionCard("date:diff", pure: difference),
    FunctionCard("date:unix") { (call) throws(CardError) in
      call.set("output", to: .number(Double(try call.instant("start").milliseconds)))
    },
    FunctionCard("date:epoch") { (call) throws(CardError) in
      call.set("output", to: .number(Double(try call.instant("start").wholeSeconds)))
    },
    FunctionCard("date:parse", behaviour: .ambient(parse)),
    FunctionCard("control:until", behaviour: .ambient(until)),
  ]

  /// *Wait Delay Duration*: waits for an instant, at most 30 days; a past one is not waited for.
  private static let until = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let end = try call.instant("date")
      guard let first = answers.first else { return .now }
      guard case .date(let now) = first else { throw Self.noClock }
      let left = Double(end.milliseconds) - Double(now.milliseconds)
      guard answers.count == 1, left > 0 else { return nil }
      guard left <= WaitUnit.maximum else {
        throw CardError.invalidInput("A flow waits at most 30 days.")
      }
      return .wait(milliseconds: left)
    },
    finish: { (_, _) throws(CardError) in }
  )

  private static let now = AmbientFunction(
    nextRequest: { (_, answers) throws(CardError) in answers.isEmpty ? .now : nil },
    finish: { (call, answers) throws(CardError) in
      guard case .date(let instant)? = answers.first else { throw Self.noClock }
      let fields = CivilFields(instant)
      call.set("date", to: .date(instant))
      call.set("iso", to: .text(DateFormat.standard.text(of: instant)))
      call.set("full", to: .text(fullFormat.text(of: instant)))
      call.set("time", to: .text(timeFormat.text(of: instant)))
      call.set("month", to: .text(Text("\(fields.month)")))
      call.set("year", to: .number(Double(fields.year)))
      call.set("day", to: .number(Double(fields.day)))
      call.set("hour", to: .number(Double(fields.hour)))
      call.set("minute", to: .number(Double(fields.minute)))
      call.set("second", to: .number(Double(fields.second)))
      call.set("millisecond", to: .number(Double(fields.millisecond)))
    }
  )

  private static let fullFormat = DateFormat("MMMM D, YYYY HH:mm:ss.SSS")
  private static let timeFormat = DateFormat("HH:mm:ss")

  private static let noClock = CardError(
    kind: .invalidInput,
    message: "The answer to a request for the present time is no date."
  )

  private static func shift(_ call: inout CardCall, by amount: Double) throws(CardError) {
    let start = try call.instant("start")
    let unit = try DateUnit(reading: call.input("unit"))
    guard let shifted = start.adding(amount, unit) else {
      throw CardError.invalidInput("The date lies beyond the dates that can be computed with.")
    }
    call.set("output", to: .date(shifted))
  }

  /// The span from `end` to `start`, as a whole in each unit.
  ///
  /// The input `start` is shown to authors as the end date, and `end` as the start date.
  private static func difference(_ call: inout CardCall) throws(CardError) {
    let late = try call.instant("start")
    let early = try call.instant("end")
    let span = Double(late.milliseconds) - Double(early.milliseconds)
    for unit in DateUnit.allCases {
      if let length = unit.milliseconds { call.set(unit.rawValue, to: .number(span / length)) }
    }
    let months = late.months(since: early)
    call.set("months", to: .number(months))
    call.set("years", to: .number(months / 12))
  }

  /// A text read by a format; without one, as every date input reads it.
  private static let parse = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      guard let format = call.text("format"), !format.isEmpty else { return nil }
      return answers.isEmpty && DateFormat(format).needsPresentDay ? .now : nil
    },
    finish: { (call, answers) throws(CardError) in
      guard let format = call.text("format"), !format.isEmpty else {
        call.set("output", to: .date(try call.instant("start")))
        return
      }
      let start = call.input("start")
      let text = Coercion.text(of: start) ?? .empty
      var present = Instant(milliseconds: 0)
      if case .date(let answer)? = answers.first { present = answer }
      do throws(DateReadingError) {
        call.set("output", to: .date(try DateFormat(format).instant(of: text, now: present)))
      } catch {
        switch error {
        case .noMatch: throw CardError.noDate(start)
        case .unreadableToken(let token):
          throw CardError.invalidInput("The format's \"\(token)\" cannot be read from a text.")
        }
      }
    }
  )
}
