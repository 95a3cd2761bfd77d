import TestSupport
import Values

extension MatrixScene {
  private static let mails = ["ygrUDOqd-0[0]/x6CjEQweLs", "ygrUDOqd-0[1]/x6CjEQweLs"]
  private static let ask = "ygrUDOqd-0[1]/yQ5aoKM4RT:try/5oCDrX-Z81"
  private static let first = "ygrUDOqd-0[0]/yQ5aoKM4RT:try/"
  private static let atLeisure = "…lease choose another password at your le…"
  private static let thisWeek = "…lease change your password this week.\\n\\…"

  /// The project's own flow on a delivery with two events: the first user is only sent a mail, the
  /// second is looked up in Slack, which does not know them, and sent a mail too.
  static let breachedCredential = MatrixScene(
    name: "own breached credential",
    source: .fixture("breached-password-v2"),
    flow: "Breached credential",
    record: { store in
      let deliveries = try Fixtures.bytes("events/breached-credential-deliveries.ndjson")
      let lines = String(decoding: deliveries, as: UTF8.self).split(separator: "\n")
      let delivery = try store.file("delivery.json", String(lines[4]))
      let started = try store.start([
        "--hook", Fixtures.path("hooks/breached-credentials.json"), "--answers",
        Fixtures.path("answers/demo.json"), delivery,
      ])
      if started.count != 1 { throw NotRecorded() }
    },
    mutations: [
      Mutation(kind: .nothing, edit: { _ in }, verdict: "identical"),
      Mutation(
        kind: .connector,
        edit: { try $0.setMethod(of: "x6CjEQweLs", to: "outlook:sendEmail") },
        changes: mails.map {
          "method \($0) : \"gmail:sendEmail2\" → \"outlook:sendEmail\""
        },
        card: "x6CjEQweLs"
      ),
      Mutation(
        kind: .lastDropped,
        edit: { try $0.remove("x6CjEQweLs") },
        changes: mails.map { "missing \($0) gmail:sendEmail2" },
        card: "x6CjEQweLs"
      ),
      Mutation(
        kind: .addedAtEnd,
        edit: { export in
          try export.add(behind: "ygrUDOqd-0") { flow in
            flow.card("added", "okta:readUser", ["User/ID": .constant("u1")])
          }
        },
        proof: "partial",
        changes: ["new added okta:readUser"],
        card: "added",
        missing: ["added"]
      ),
      Mutation(
        kind: .everyArgument,
        edit: { export in
          try export.set("Response/statusCode", of: "wU4mAgXs3j", to: 201)
          try export.set("Email/Subject", of: "x6CjEQweLs", to: "edited")
          try export.set("User/Email", of: "5oCDrX-Z81", to: "edited")
        },
        changes: [
          "arguments wU4mAgXs3j Response/statusCode: 200 → 201",
          "arguments \(mails[0]) Email/Subject: \"Your password was found in a breach\" → \"edited\"",
          // Slack did not know the user: how the run goes on for another is open.
          "arguments \(ask) User/Email: \"ines.hartmann@example.com\" → \"edited\"",
        ],
        card: "wU4mAgXs3j",
        missing: [ask]
      ),
      Mutation(
        kind: .result,
        edit: { export in
          try export.add(behind: "ygrUDOqd-0") { flow in
            flow.card("added", "control:return", ["done": .constant("yes")], outputs: ["done"])
          }
        },
        changes: ["result  done: nothing → \"yes\""],
        card: "added"
      ),
      Mutation(
        kind: .option,
        edit: { try $0.set("parameters/bodyIsHtml", of: "x6CjEQweLs", to: "Yes") },
        changes: mails.map { "options \($0) parameters/bodyIsHtml: \"No\" → \"Yes\"" },
        card: "x6CjEQweLs"
      ),
      Mutation(
        kind: .condition,
        edit: { try $0.set("operator", of: "ygjz6d5XQf", to: "in") },
        proof: "partial",
        changes: [
          "new \(first)5oCDrX-Z81 slack:readUser2",
          "new \(first)6fUwnk6pvq slack:sendDirectMessage2",
          "arguments \(mails[0]) Email/Body: \(atLeisure) → \(thisWeek)",
          "missing \(ask) slack:readUser2",
          "arguments \(mails[1]) Email/Body: \(thisWeek) → \(atLeisure)",
        ],
        card: "ygjz6d5XQf",
        missing: [first + "5oCDrX-Z81"]
      ),
      Mutation(
        kind: .order,
        edit: { try $0.reverse("list", of: "ygrUDOqd-0") },
        changes: ["reordered ygrUDOqd-0[1]/x6CjEQweLs gmail:sendEmail2"],
        card: "reversed"
      ),
      Mutation(
        kind: .helper,
        edit: { try $0.set("valueIfFalse", of: "KJHKR8YKKk", to: "Soon.") },
        changes: [
          "arguments \(mails[1]) Email/Body: …100.23. Please change your password this… → "
            + "…100.23. Soon.\\n\\nEvent 3da08b11-1821-468…"
        ],
        card: "KJHKR8YKKk"
      ),
      recreated("yQ5aoKM4RT", "If Error"),
      reimported("0b6f0a4b-d171-4ada-b2a4-ff02d979d217", "Warn one user"),
    ]
  )

  /// A flow with an event card, run by hand.
  static let activatedUser = MatrixScene(
    name: "own activated user",
    source: .fixture("user-activated"),
    flow: "Announce an activated user",
    record: { store in
      try store.must("ingest", Fixtures.path("events/system-log.ndjson"))
      let event = "[{\"Output\": {\"Okta User (Target)\": {\"Display Name\": \"Ada\"}}}]"
      try store.must(
        "run",
        "Announce an activated user",
        "--input",
        try store.file("event.json", event),
        "--answers",
        "typed"
      )
    },
    mutations: [
      Mutation(
        kind: .trigger,
        edit: { try $0.setMethod(of: "ire490Xpal", to: "okta:userAddedToGroupMembership") },
        verdict: "equivalent",
        card: "ire490Xpal",
        wouldStart: 7
      )
    ]
  )

  /// A card that was deleted and made again.
  static func recreated(_ card: Text, _ name: String) -> Mutation {
    Mutation(
      kind: .recreated,
      edit: { try $0.recreate(card, as: "made-again") },
      verdict: "identical",
      notes: ["The card \(card) (\(name)) was re-created as made-again."]
    )
  }

  /// A helper that was imported again, so that it has another id.
  static func reimported(_ flow: Text, _ name: String) -> Mutation {
    Mutation(
      kind: .reimported,
      edit: { try $0.reimport(flow, as: "imported-again") },
      verdict: "identical",
      notes: ["The flow \(flow) (\(name)) was imported again as imported-again."]
    )
  }

  struct NotRecorded: Error {}
}
