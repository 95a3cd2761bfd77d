import Flows
import Testing
import Values

@Suite struct TableSelectionTests {
  private static let schema = TableSchema(
    id: "t",
    name: "People",
    columns: [
      TableSchema.Column(name: "Full name", type: .text),
      TableSchema.Column(name: "Score", type: .number),
      TableSchema.Column(name: "Active", type: .boolean),
      TableSchema.Column(name: "Since", type: .date),
    ]
  )

  private static let rows = [
    row(1, "Ada", 5, true, "2026-01-01T00:00:00Z"),
    row(2, "Ben", 7, false, "2026-02-01T00:00:00Z"),
    row(3, "Cy", nil, true, "2026-03-01T00:00:00Z"),
    row(4, "Dee", 5, false, nil),
  ]

  private static func row(
    _ id: Int,
    _ name: Text,
    _ score: Double?,
    _ active: Bool,
    _ since: String?
  ) -> TableRow {
    TableRow(
      id: Text("\(id)"),
      created: Instant(milliseconds: Int64(id) * 1000),
      updated: Instant(milliseconds: Int64(10 - id) * 1000),
      values: [
        "Full name": .text(name), "Score": score.map { .number($0) } ?? .null,
        "Active": .boolean(active), "Since": since.map { .date($0) } ?? .null,
      ]
    )
  }

  @Test(
    arguments: [
      ([], "1234"), (["Full name = Ada"], "1"), (["Full name != Ada"], "234"),
      (["Score = 5"], "14"), (["Score >= 6"], "2"), (["Score="], "3"), (["Score !="], "124"),
      (["Active == true"], "13"), (["Since < 2026-02-15"], "12"), (["Row ID = 3"], "3"),
      (["Created > 1970-01-01T00:00:02.500Z"], "34"), (["Score = 5", "Active = false"], "4"),
      (["Row ID >= 2", "Row ID != 3"], "24"), (["Row ID<10"], "1234"),
    ] as [([Text], String)]
  )
  func `conditions pick rows`(_ conditions: [Text], _ ids: String) throws {
    var selection = TableSelection(Self.schema)
    for condition in conditions {
      try selection.require(condition)
    }
    #expect(selection.rows(of: Self.rows).map { "\($0.id)" }.joined() == ids)
  }

  @Test(
    arguments: [
      ("", .unknownColumn), ("Score", .unknownOperator), ("Nope = 1", .unknownColumn),
      ("Score => 5", .unknownOperator), ("= 5", .unknownColumn), ("Score <> 5", .unknownOperator),
      ("Score > many", .wrongType("number")), ("Active = perhaps", .wrongType("boolean")),
      ("Since > junk", .wrongType("date")), ("Row ID = x", .wrongType("number")),
    ] as [(Text, TableConditionError)]
  )
  func `what is no condition on the table is refused`(
    _ condition: Text,
    _ error: TableConditionError
  ) {
    var selection = TableSelection(Self.schema)
    #expect(throws: error) { try selection.require(condition) }
  }

  @Test(
    arguments: [
      ("Score", false, 0, nil, "1423"), ("Score", true, 0, nil, "2143"),
      ("Updated", false, 0, nil, "4321"), ("Row ID", true, 0, nil, "4321"),
      ("Row ID", false, 0, 2, "12"), (nil, false, 1, 2, "23"), (nil, false, 9, nil, ""),
      (nil, false, 0, 0, ""),
    ] as [(Text?, Bool, Int, Int?, String)]
  )
  func `rows are sorted, passed over and cut off`(
    _ column: Text?,
    _ isDescending: Bool,
    _ offset: Int,
    _ limit: Int?,
    _ ids: String
  ) {
    var selection = TableSelection(Self.schema)
    selection.sortColumn = column
    selection.isDescending = isDescending
    selection.offset = offset
    selection.limit = limit
    #expect(selection.rows(of: Self.rows).map { "\($0.id)" }.joined() == ids)
  }
}
