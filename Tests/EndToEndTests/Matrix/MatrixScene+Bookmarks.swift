import TestSupport
import Values

extension MatrixScene {
  private static let table = "Bookmark Application Table"
  private static let create = "nFGz9DS1Z[0]/0bqIPDZ3g:if/"
  private static let update = "nFGz9DS1Z[1]/0bqIPDZ3g:lsWsmJuPR/"
  private static let deactivate = "nFGz9DS1Z[2]/0bqIPDZ3g:CtgziP42E/"

  /// The public pack that manages bookmark apps by a table, on three rows: one app is made, one
  /// renamed, one deactivated.
  static let bookmarkPack = MatrixScene(
    name: "bookmark pack",
    source: .pack("bookmark_application_management"),
    flow: "1.0 Bookmark Application Management - Parent Flow",
    record: { store in
      let rows = """
        Application Name,Application URL,Application Group Assignment,\
        Application Authentication Policy,Action,Okta App ID
        Menu,https://menu.example.com,Canteen,Password,Create,
        Maps,https://maps.example.com,Canteen,Password,Update,0oaMAPS
        Fax,https://fax.example.com,Canteen,Password,Deactivate,0oaFAX

        """
      try store.must("table", "import", table, try store.file("apps.csv", rows))
      let answers = """
        {"answers": [
          {"connector": "okta", "method": "hTTPRequest",
           "when": {"parameters/requestType": "POST", "Request/Relative URL": "/api/v1/apps"},
           "outputs": {"Response/Status Code": 200, "Response/Body": {"id": "0oaMENU"}}},
          {"connector": "okta", "method": "searchGroups", "outputs": {"Result/ID": "00gCANTEEN"}},
          {"connector": "okta", "method": "assignGroupToApplication", "outputs": {}},
          {"connector": "okta", "method": "hTTPRequest", "when": {"parameters/requestType": "GET"},
           "outputs": {"Response/Status Code": 200, "Response/Body": [{"id": "rstPASSWORD"}]}},
          {"connector": "okta", "method": "hTTPRequest",
           "outputs": {"Response/Status Code": 200, "Response/Body": {}}}
        ]}
        """
      let file = try store.file(answersFile, answers)
      try store.must(
        "run",
        "1.0 Bookmark Application Management - Parent Flow",
        "--answers",
        file
      )
    },
    mutations: [
      Mutation(kind: .nothing, edit: { _ in }, verdict: "identical"),
      Mutation(
        kind: .connector,
        edit: { try $0.setMethod(of: "znL_Anwjk", to: "governance:grantGroup") },
        changes: [
          "method \(create)znL_Anwjk : \"okta:assignGroupToApplication\" → \"governance:grantGroup\""
        ],
        card: "znL_Anwjk"
      ),
      Mutation(
        kind: .lastDropped,
        edit: { try $0.remove("VA80RTkZ0") },
        changes: ["missing \(deactivate)VA80RTkZ0 stash:updateRow"],
        card: "VA80RTkZ0"
      ),
      Mutation(
        kind: .addedAtEnd,
        edit: { export in
          try export.add(behind: "nFGz9DS1Z") { flow in
            flow.card("added", "okta:readUser", ["User/ID": .constant("u1")])
          }
        },
        proof: "partial",
        changes: ["new added okta:readUser"],
        card: "added",
        missing: ["added"]
      ),
      everyArgument,
      Mutation(
        kind: .option,
        edit: { try $0.set("parameters/requestType", of: "OVzHkOIl5", to: "PATCH") },
        changes: ["options \(update)OVzHkOIl5 parameters/requestType: \"PUT\" → \"PATCH\""],
        card: "OVzHkOIl5",
        withAnswers: true
      ),
      Mutation(
        kind: .condition,
        edit: { try $0.set("CtgziP42E/operator", of: "0bqIPDZ3g", to: "!=") },
        changes: [
          "missing \(deactivate)tB0UooVnl okta:hTTPRequest",
          "missing \(deactivate)VA80RTkZ0 stash:updateRow",
        ],
        card: "0bqIPDZ3g"
      ),
      Mutation(
        kind: .order,
        edit: { try $0.reverse("list", of: "nFGz9DS1Z") },
        changes: [
          "reordered nFGz9DS1Z[0]/0bqIPDZ3g:CtgziP42E/tB0UooVnl okta:hTTPRequest",
          "reordered nFGz9DS1Z[0]/0bqIPDZ3g:CtgziP42E/VA80RTkZ0 stash:updateRow",
          "reordered \(update)OVzHkOIl5 okta:hTTPRequest",
          "reordered \(update)SxpuDfVGU stash:updateRow",
        ],
        card: "reversed"
      ),
      Mutation(
        kind: .helper,
        edit: { try $0.set("_text_", of: "MxQJ0EEOV", to: "/api/v2/apps") },
        changes: [
          "arguments \(update)OVzHkOIl5 Request/Relative URL: "
            + "\"/api/v1/apps/0oaMAPS\" → \"/api/v2/apps\""
        ],
        card: "MxQJ0EEOV",
        withAnswers: true
      ),
      Mutation(
        kind: .tableRead,
        edit: { try $0.set("Sort/Limit", of: "Rhm3WEmNi", to: 2) },
        changes: [
          "arguments Rhm3WEmNi Sort/Limit: 0 → 2",
          "missing \(deactivate)tB0UooVnl okta:hTTPRequest",
          "missing \(deactivate)VA80RTkZ0 stash:updateRow",
        ],
        card: "Rhm3WEmNi"
      ),
      recreated("0bqIPDZ3g", "If/ElseIf"),
      reimported(
        "e8872b65-97c8-4ea5-9e57-f917ee13a214",
        "1.1 Bookmark Application Management - Child Flow 1"
      ),
    ]
  )

  private static var everyArgument: Mutation {
    let inputs: [(card: Text, field: Text, step: String, before: String)] = [
      (
        "5hE2AnobX", "Request/Body", create,
        "{ \\\"name\\\": \\\"bookmark\\\", \\\"label\\\": \\\"…"
      ),
      ("m81rb2vok", "Inputs/Custom Search Criteria", create, "profile.name eq \\\"Canteen\\\"\""),
      ("znL_Anwjk", "Group/groupID", create, "00gCANTEEN\""),
      ("c9mNtNYS-", "Request/Relative URL", create, "/api/v1/policies?type=ACCESS_POLICY&q=P…"),
      ("sd8VFSsDz", "Request/Relative URL", create, "/api/v1/apps/0oaMENU/policies/rstPASSWO…"),
      ("naRBQfmg9", "Fields/Status", create, "Success\""),
      (
        "OVzHkOIl5", "Request/Body", update,
        "{ \\\"name\\\": \\\"bookmark\\\", \\\"label\\\": \\\"…"
      ),
      ("SxpuDfVGU", "Fields/Status", update, "Success\""),
      (
        "tB0UooVnl", "Request/Relative URL", deactivate,
        "/api/v1/apps/0oaFAX/lifecycle/deactivat…"
      ),
      ("VA80RTkZ0", "Fields/Status", deactivate, "Success\""),
    ]
    return Mutation(
      kind: .everyArgument,
      edit: { export in
        for (card, field, _, _) in inputs { try export.set(field, of: card, to: "edited") }
      },
      changes: inputs.map { card, field, step, before in
        "arguments \(step)\(card) \(field): \"\(before) → \"edited\""
      },
      card: "5hE2AnobX",
      withAnswers: true
    )
  }
}
