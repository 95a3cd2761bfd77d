internal import Values

/// The cards that write dates as text, in any zone.
enum DateTextCards {
  static let all: [FunctionCard] = [
    FunctionCard("date:format", behaviour: .ambient(format)),
    FunctionCard("date:fromISO", behaviour: .ambient(convert)),
  ]

  private static let format = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in try zoneRequest(call, answers) },
    finish: { (call, answers) throws(CardError) in
      call.set("output", to: .text(try customText(call, answers)))
    }
  )

  /// The six spellings of one date; format and zone are for the last alone.
  private static let convert = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in try zoneRequest(call, answers) },
    finish: { (call, answers) throws(CardError) in
      let instant = try call.instant("start")
      call.set("date", to: .date(instant))
      call.set("iso", to: .text(isoFormat.text(of: instant)))
      call.set("epoch", to: .text(Text("\(instant.wholeSeconds)")))
      call.set("unix", to: .text(Text("\(instant.milliseconds)")))
      call.set("human", to: .text(humanFormat.text(of: instant)))
      call.set("custom", to: .text(try customText(call, answers)))
    }
  )

  private static let isoFormat = DateFormat("YYYY-MM-DDTHH:mm:ss[Z]")
  private static let humanFormat = DateFormat("ddd, MMMM Do [at] h:mm A")

  /// UTC, and no zone at all, need no look-up.
  private static func zoneRequest(
    _ call: CardCall,
    _ answers: [Value]
  ) throws(CardError) -> AmbientRequest? {
    let instant = try call.instant("start")
    let zone = (call.text("zone") ?? .empty).trimmed()
    guard answers.isEmpty, !["", "utc", "etc/utc"].contains(zone.lowercased()) else { return nil }
    return .zone(name: zone, at: instant)
  }

  private static func customText(_ call: CardCall, _ answers: [Value]) throws(CardError) -> Text {
    let format = call.text("format") ?? .empty
    let zone = answers.first.map { ZoneAnswer($0) ?? .unknownZone } ?? .utc
    return (format.isEmpty ? DateFormat.standard : DateFormat(format))
      .text(of: try call.instant("start"), in: zone)
  }
}
