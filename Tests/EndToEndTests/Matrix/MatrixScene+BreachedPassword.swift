import TestSupport
import Values

extension MatrixScene {
  private static let mail = "uWb8wtgAY[0]/2cttjeteh:try/c1TCGw2qP"
  private static let ask = "uWb8wtgAY[0]/2cttjeteh:try/dD3BDYuy7"
  private static let tell = "uWb8wtgAY[0]/2cttjeteh:try/9JqXKLXth"

  /// The public pack that tells people of breached passwords, on the delivery that comes with it: one
  /// user is sent a mail and a message.
  static let breachedPasswordPack = MatrixScene(
    name: "breached password pack",
    source: .pack("send_notifications_for_a_breached_password_event"),
    flow: "Event Initiated Flow",
    record: { store in
      let hook = """
        {"name": "breached", "flow": "Event Initiated Flow", "format": "okta-event-hook"}
        """
      let pack = PublicPack(name: "send_notifications_for_a_breached_password_event")
      let started = try store.start([
        "--hook", try store.file("hook.json", hook), "--answers",
        try store.file(
          answersFile,
          """
          {"answers": [
            {"connector": "gmail", "method": "sendEmail2", "outputs": {"Email/Message ID": "m-1"}},
            {"connector": "slack", "method": "readUser2", "outputs": {"User/User ID": "U0TEST"}},
            {"connector": "slack", "method": "sendDirectMessage2",
             "outputs": {"Message/Timestamp": "1.1"}}
          ]}
          """
        ), pack.file("sampleJSON.json"),
      ])
      if started.count != 1 { throw NotRecorded() }
    },
    mutations: [
      Mutation(kind: .nothing, edit: { _ in }, verdict: "identical"),
      Mutation(
        kind: .connector,
        edit: { try $0.setMethod(of: "9JqXKLXth", to: "teams:sendMessage") },
        changes: ["method \(tell) : \"slack:sendDirectMessage2\" → \"teams:sendMessage\""],
        card: "9JqXKLXth",
        assumed: [tell]
      ),
      Mutation(
        kind: .lastDropped,
        edit: { try $0.remove("9JqXKLXth") },
        changes: ["missing \(tell) slack:sendDirectMessage2"],
        card: "9JqXKLXth"
      ),
      Mutation(
        kind: .addedAtEnd,
        edit: { export in
          try export.add(behind: "uWb8wtgAY") { flow in
            flow.card("added", "slack:sendMessage", ["Message/Text": .constant("Done")])
          }
        },
        changes: ["new added slack:sendMessage"],
        card: "added",
        assumed: ["added"]
      ),
      Mutation(
        kind: .everyArgument,
        edit: { export in
          try export.set("Response/statusCode", of: "cX75avMaA", to: 201)
          try export.set("Email/Subject", of: "c1TCGw2qP", to: "edited")
          try export.set("User/Email", of: "dD3BDYuy7", to: "edited")
          try export.set("Message/Text", of: "9JqXKLXth", to: "edited")
        },
        changes: [
          "arguments cX75avMaA Response/statusCode: 200 → 201",
          "arguments \(mail) Email/Subject: \"test@example.com credential set matches… → \"edited\"",
          "arguments \(ask) User/Email: \"test@example.com\" → \"edited\"",
          "arguments \(tell) Message/Text: \"Hello Test User,\\n\\nYou signed in to Ok… → \"edited\"",
          "response  statusCode: 200 → 201",
        ],
        card: "cX75avMaA",
        missing: [ask]
      ),
      Mutation(
        kind: .result,
        edit: { export in
          try export.add(behind: "uWb8wtgAY") { flow in
            flow.card("added", "control:return", ["done": .constant("yes")], outputs: ["done"])
          }
        },
        changes: ["result  done: nothing → \"yes\""],
        card: "added"
      ),
      Mutation(
        kind: .option,
        edit: { try $0.set("parameters/messageType", of: "9JqXKLXth", to: "Blocks") },
        changes: ["options \(tell) parameters/messageType: \"Plain Text\" → \"Blocks\""],
        card: "9JqXKLXth"
      ),
      Mutation(
        kind: .helper,
        edit: { try $0.set("_text_", of: "_11QatV3V", to: "Good day {{{spI6sc2dh}}}") },
        changes: [mail + " Email/Body", tell + " Message/Text"].map {
          "arguments \($0): \"Hello Test User,\\n\\nYou signed in to Ok… → \"Good day Test User\""
        },
        card: "_11QatV3V"
      ),
      recreated("c1TCGw2qP", "Send Email"),
      reimported("9f28ba9f-427e-48aa-8c7a-d87c5acdffcc", "Process Event Object"),
    ]
  )
}
