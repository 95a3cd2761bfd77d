import TestSupport
import Values

extension MatrixScene {
  private static let auth0 = "auth0_293ca73ef2a04fe48eaa3bb7876df2e6"
  private static let items = ["brtwHFHjG[0]/", "brtwHFHjG[1]/"]
  private static let users = ["zoe", "ben"]

  /// The public pack that closes abandoned accounts: one user is found and warned, two were warned and
  /// are deleted.
  static let abandonedAccountPack = MatrixScene(
    name: "abandoned account pack",
    source: .pack("close_abandoned_accounts"),
    flow: "1.0 Close Abandoned Accounts",
    record: { store in
      let warned = """
        User ID,Notification Timestamp
        auth0|zoe,2024-01-05T17:00:00.000Z
        auth0|ben,2024-02-05T17:00:00.000Z

        """
      let file = try store.file("warned.csv", warned)
      try store.must("table", "import", "Abandoned Accounts Tracker", file)
      let answers = """
        {"answers": [
          {"connector": "\(auth0)", "method": "searchUsers_BAejT5bvR1Y",
           "outputs": {"Result/Records Streamed": 1},
           "records": [{"user_id": "auth0|mara", "name": "Mara Lind",
             "email": "mara.lind@example.com", "last_login": "2021-03-01T20:00:00.000Z"}]},
          {"connector": "gmail", "method": "sendEmail2", "outputs": {}},
          {"connector": "\(auth0)", "method": "readUser_yV4wY1c5VT",
           "outputs": {"User/last_login": "2021-03-01T20:00:00.000Z"}},
          {"connector": "\(auth0)", "method": "deleteUser_5OXBSvnvar", "outputs": {}}
        ]}
        """
      try store.must(
        "run",
        "1.0 Close Abandoned Accounts",
        "--answers",
        try store.file(answersFile, answers)
      )
    },
    mutations: [
      Mutation(kind: .nothing, edit: { _ in }, verdict: "identical"),
      Mutation(
        kind: .connector,
        edit: { try $0.setMethod(of: "7xtt-zxVg", to: "auth0:removeUser") },
        changes: items.map {
          "method \($0)fmIIRnT-Z:if/7xtt-zxVg : \"\(auth0):… → \"auth0:removeUser\""
        },
        card: "7xtt-zxVg"
      ),
      Mutation(
        kind: .lastDropped,
        edit: { try $0.remove("SBmsTYg3o") },
        changes: items.map { "missing \($0)SBmsTYg3o stash:deleteRow" },
        card: "SBmsTYg3o"
      ),
      Mutation(
        kind: .addedAtEnd,
        edit: { export in
          try export.add(behind: "brtwHFHjG") { flow in
            flow.card("added", "slack:sendMessage", ["Message/Text": .constant("Done")])
          }
        },
        changes: ["new added slack:sendMessage"],
        card: "added",
        assumed: ["added"]
      ),
      everyAccountArgument,
      Mutation(
        kind: .result,
        edit: { export in
          try export.add(behind: "brtwHFHjG") { flow in
            flow.card("added", "control:return", ["done": .constant("yes")], outputs: ["done"])
          }
        },
        changes: ["result  done: nothing → \"yes\""],
        card: "added"
      ),
      Mutation(
        kind: .option,
        edit: { try $0.set("parameters/bodyIsHtml", of: "Rv-fqITIa", to: "Yes") },
        changes: ["options --kEne5f4[0]/Rv-fqITIa parameters/bodyIsHtml: \"No\" → \"Yes\""],
        card: "Rv-fqITIa"
      ),
      Mutation(
        kind: .condition,
        edit: { try $0.set("if/operator", of: "fmIIRnT-Z", to: ">") },
        changes: items.map { "missing \($0)fmIIRnT-Z:if/7xtt-zxVg \(auth0):deleteUser_5OXBSvnvar" },
        card: "fmIIRnT-Z"
      ),
      Mutation(
        kind: .order,
        edit: { try $0.reverse("list", of: "brtwHFHjG") },
        changes: [
          "reordered brtwHFHjG[0]/LsMLWlH-m \(auth0):readUser_yV4wY1c5VT",
          "reordered brtwHFHjG[0]/fmIIRnT-Z:if/7xtt-zxVg \(auth0):deleteUser_5OXBSvnvar",
          "reordered brtwHFHjG[0]/SBmsTYg3o stash:deleteRow",
        ],
        card: "reversed"
      ),
      Mutation(
        kind: .helper,
        edit: { try $0.set("_text_", of: "Lm9-qf-gC", to: "Dear {{{Ye1NeX0ZSV}}}") },
        changes: [
          "arguments --kEne5f4[0]/Rv-fqITIa Email/Body: "
            + "…ara Lind, \\n\\nWe've noticed that you hav… → …ara Lind\""
        ],
        card: "Lm9-qf-gC"
      ),
      // What the table holds the log knows itself.
      Mutation(
        kind: .tableRead,
        edit: { try $0.set("Sort/Direction", of: "j2dOh0NPw", to: "asc") },
        changes: ["arguments j2dOh0NPw Sort/Direction: \"desc\" → \"asc\""],
        card: "j2dOh0NPw"
      ),
      recreated("nddbFGnrL", "Now"),
      reimported("d1e6a158-a8ae-4284-8412-4b41154fb7e3", "1.2 Delete Inactive Users"),
    ]
  )

  private static var everyAccountArgument: Mutation {
    let inputs: [(card: Text, field: Text)] = [
      ("--kEne5f4", "User/last_login"), ("Rv-fqITIa", "Email/Subject"),
      ("p1z3r5ClE", "Fields/User ID"), ("LsMLWlH-m", "User/id_QLAWX1"),
      ("7xtt-zxVg", "User/id_082NUU"), ("SBmsTYg3o", "Delete By/Row ID"),
    ]
    let perUser = zip(items, users).enumerated().flatMap { number, item in
      [
        "LsMLWlH-m User/id_QLAWX1: \"auth0|\(item.1)\" → \"edited\"",
        "fmIIRnT-Z:if/7xtt-zxVg User/id_082NUU: \"auth0|\(item.1)\" → \"edited\"",
        "SBmsTYg3o Delete By/Row ID: \"\(number + 1)\" → \"edited\"",
      ].map { "arguments \(item.0)\($0)" }
    }
    return Mutation(
      kind: .everyArgument,
      edit: { export in
        for (card, field) in inputs { try export.set(field, of: card, to: "edited") }
      },
      changes: [
        "arguments --kEne5f4 User/last_login: \"[* TO MOMENT]\" → \"edited\"",
        "arguments --kEne5f4[0]/Rv-fqITIa Email/Subject: \"Account Expiration Warning\" → \"edited\"",
        "arguments --kEne5f4[0]/p1z3r5ClE Fields/User ID: \"auth0|mara\" → \"edited\"",
      ] + perUser,
      card: "--kEne5f4",
      withAnswers: true
    )
  }
}
