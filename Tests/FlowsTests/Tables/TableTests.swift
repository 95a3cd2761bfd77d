import Flows
import Testing
import Values

@Suite struct TableTests {
  static let schema = TableSchema(
    id: "t1",
    name: "People",
    columns: [
      .init(name: "name", type: .text, initial: ""),
      .init(name: "age", type: .number, initial: "0"),
      .init(name: "active", type: .boolean, initial: "false"),
      .init(name: "seen", type: .date),
    ]
  )

  static let now = Instant(milliseconds: 1_473_206_485_670)

  /// A state with the rows Ada (1), Bob (2), an unnamed one (3) and ada (4).
  static func filled() throws -> TableState {
    var state = TableState([schema])
    let rows: [Object] = [
      ["name": "Ada", "age": 36, "active": true, "seen": "2026-01-01"],
      ["name": "Bob", "age": "7", "active": .null, "seen": .null],
      ["name": .null, "age": .null],
      ["name": "ada", "age": 36, "active": "true", "seen": .date("2026-02-01T00:00:00Z")],
    ]
    for (index, row) in rows.enumerated() {
      try run("createRow", ["Fields": .object(row)], on: &state, at: Int64(index))
    }
    return state
  }

  @discardableResult
  static func run(
    _ method: Text,
    _ inputs: Object,
    on state: inout TableState,
    at seconds: Int64 = 0,
    rowKeys: [Text]? = nil
  ) throws -> Object {
    var inputs = inputs
    var parameters = Object()
    if case .object(let given)? = inputs["parameters"] { parameters = given }
    if parameters["stash"] == nil { parameters["stash"] = "t1" }
    inputs["parameters"] = .object(parameters)
    let reply = try state.answer(
      to: TableRequest(method: method, inputs: inputs, rowKeys: rowKeys),
      at: Instant(milliseconds: now.milliseconds + seconds * 1_000)
    )
    for event in reply.events { state.apply(event) }
    return reply.outputs
  }

  /// The ids of the rows that a search finds.
  static func search(_ inputs: Object, in state: inout TableState) throws -> Value {
    var inputs = inputs
    inputs["parameters"] = ["resultSet": "all-new"]
    let outputs = try run("searchRows2", inputs, on: &state, rowKeys: ["Row ID"])
    guard case .object(let result)? = outputs["Result"], case .list(let rows)? = result["Rows"]
    else { return .null }
    return .list(
      rows.map { if case .object(let row) = $0 { row["Row ID"] ?? .null } else { .null } }
    )
  }

  static func term(_ column: Value, _ sign: Value, _ operand: Value, _ join: Value = "AND") -> Value
  {
    ["lhs": column, "op": sign, "rhs": operand, "join": join]
  }

  struct Search: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let terms: [Value]
    var sort: Object = [:]
    let rows: Value

    init(_ name: String, _ terms: [Value], sort: Object = [:], _ rows: Value) {
      (testDescription, self.terms, self.sort, self.rows) = (name, terms, sort, rows)
    }
  }

  static let conditions: [Search] = [
    Search("all", [], ["1", "2", "3", "4"]),
    Search("equal, case-sensitive", [term("name", "=", "Ada")], ["1"]),
    Search("unequal", [term("name", "!=", "Ada")], ["2", "3", "4"]),
    Search("empty is null", [term("name", "=", "")], ["3"]),
    Search("not empty", [term("name", "!=", .null)], ["1", "2", "4"]),
    Search("numbers by the column", [term("age", ">", "9")], ["1", "4"]),
    Search("null has no order", [term("age", "<", 100)], ["1", "2", "4"]),
    Search("no number is merely unequal", [term("age", "!=", "x")], ["1", "2", "3", "4"]),
    Search("no number equals nothing", [term("age", "=", "x")], []),
    Search("booleans from text", [term("active", "=", "TRUE")], ["1", "4"]),
    Search("dates", [term("seen", ">=", "2026-01-15")], ["4"]),
    Search(
      "own columns",
      [term("Row ID", "=", "2", "OR"), term("Created", "=", "2016-09-07T00:01:28.670Z")],
      ["2", "4"]
    ),
    Search(
      "the join belongs to the next term",
      [
        term("name", "=", "Ada", "OR"), term("name", "=", "Bob", "AND"), term("age", "=", 7, "OR"),
      ],
      ["2"]
    ),
    Search(
      "from left to right",
      [
        term("name", "=", "Ada", "AND"), term("age", "=", 7, "OR"), term("name", "=", "ada", "AND"),
      ],
      ["4"]
    ),
    Search("unknown columns are null", [term("gone", "=", "")], ["1", "2", "3", "4"]),
  ]

  static let orders: [Search] = [
    Search(
      "ascending, null last, stable",
      [],
      sort: ["Column": "age", "Direction": "asc"],
      ["2", "1", "4", "3"]
    ),
    Search(
      "descending, null last, stable",
      [],
      sort: ["Column": "age", "Direction": "desc"],
      ["1", "4", "2", "3"]
    ),
    Search("descending is the default", [], sort: ["Column": "age"], ["1", "4", "2", "3"]),
    Search(
      "no column, no order",
      [],
      sort: ["Column": "", "Direction": "desc"],
      ["1", "2", "3", "4"]
    ),
    Search("no such column", [], sort: ["Column": "Row Number"], ["1", "2", "3", "4"]),
    Search("by creation", [], sort: ["Column": "Created"], ["4", "3", "2", "1"]),
    Search(
      "texts by unit",
      [],
      sort: ["Column": "name", "Direction": "asc"],
      ["1", "2", "4", "3"]
    ),
    Search("offset, then limit", [], sort: ["Offset": 1, "Limit": 2], ["2", "3"]),
    Search(
      "limit 0 and null are none",
      [],
      sort: ["Limit": 0, "Offset": .null],
      ["1", "2", "3", "4"]
    ),
    Search("offset behind the end", [], sort: ["Offset": 1e300], []),
    Search("negative limit is none", [], sort: ["Limit": -3], ["1", "2", "3", "4"]),
  ]

  @Test(arguments: conditions + orders)
  func `a search picks, sorts and cuts`(_ example: Search) throws {
    var state = try Self.filled()
    let inputs: Object = [
      "Filter": ["Where Expression": ["expr": .list(example.terms)]], "Sort": .object(example.sort),
    ]
    #expect(try Self.search(inputs, in: &state) == example.rows)
  }

  @Test func `an operand comes from the wired input that it names`() throws {
    var state = try Self.filled()
    let expression: Value = [
      "expr": [
        ["lhs": "name", "op": "=", "rhd": ["methodId": "c1", "outputId": "o1"], "join": "AND"]
      ]
    ]
    let filter: Value = ["Where Expression": expression]
    let found = try Self.search(["Filter": filter, "_expr": ["o1": "Bob"]], in: &state)
    #expect(found == ["2"])
    // A wire that is gone reads as null.
    #expect(try Self.search(["Filter": filter], in: &state) == ["3"])
  }

  @Test func `an operator of no table is refused`() throws {
    var state = try Self.filled()
    #expect(throws: CardError.self) {
      try Self.search(
        ["Filter": ["Where Expression": ["expr": [Self.term("name", "~", "a")]]]],
        in: &state
      )
    }
  }

  @Test func `a search for one row gives its cells`() throws {
    var state = try Self.filled()
    let found = try Self.run(
      "searchRows2",
      [
        "parameters": ["resultSet": "one"],
        "Filter": ["Where Expression": ["expr": [Self.term("age", "=", 7)]]],
      ],
      on: &state
    )
    #expect(
      found == [
        "Row": [
          "Row ID": "2", "Created": .date("2016-09-07T00:01:26.670Z"),
          "Updated": .date("2016-09-07T00:01:26.670Z"),
        ], "Fields": ["name": "Bob", "age": 7, "active": false, "seen": .null],
      ]
    )
    let none = try Self.run(
      "searchRows2",
      [
        "parameters": ["resultSet": "one"],
        "Filter": ["Where Expression": ["expr": [Self.term("age", "=", 8)]]],
      ],
      on: &state
    )
    #expect(none["Row"] == ["Row ID": .null, "Created": .null, "Updated": .null])
    #expect(none["Fields"] == ["name": .null, "age": .null, "active": .null, "seen": .null])
  }

  @Test func `rows show the declared keys, or all`() throws {
    var state = try Self.filled()
    let inputs: Object = ["parameters": ["resultSet": "all"], "Sort": ["Limit": 1]]
    let declared = try Self.run("searchRows2", inputs, on: &state, rowKeys: ["name", "gone"])
    #expect(declared == ["Result": ["Rows": [["name": "Ada", "gone": .null]]]])
    let whole = try Self.run("searchRows2", inputs, on: &state)
    let created: Value = .date("2016-09-07T00:01:25.670Z")
    #expect(
      whole == [
        "Result": [
          "Rows": [
            [
              "name": "Ada", "age": 36, "active": true, "seen": .date("2026-01-01T00:00:00Z"),
              "Row ID": "1", "Created": created, "Updated": created,
            ]
          ]
        ]
      ]
    )
  }

  @Test func `ids count up and are never used again`() throws {
    var state = try Self.filled()
    try Self.run("deleteRow", ["Delete By": ["Row ID": "4"]], on: &state)
    #expect(try Self.run("clearTable", [:], on: &state) == ["Table": ["Cleared Rows": 3]])
    #expect(state.rows(of: "t1").isEmpty)
    #expect(try Self.run("createRow", [:], on: &state) == ["Output": ["Row ID": "5"]])
    #expect(
      state.rows(of: "t1").first?.values == ["name": "", "age": 0, "active": false, "seen": .null]
    )
  }

  @Test func `an update skips empty inputs unless told otherwise`() throws {
    var state = try Self.filled()
    let cells: Value = ["name": "", "age": .null, "active": "true", "gone": 1]
    try Self.run("updateRow", ["Update By": ["Row ID": "1"], "Fields": cells], on: &state, at: 60)
    #expect(state.rows(of: "t1").first?.values["name"] == "Ada")
    #expect(state.rows(of: "t1").first?.values["gone"] == nil)
    #expect(
      state.rows(of: "t1").first?.updated == Instant(milliseconds: Self.now.milliseconds + 60_000)
    )
    try Self.run(
      "updateRow",
      [
        "parameters": ["updateEmptyInputs": "Yes"], "Update By": ["Row ID": 1], "Fields": cells,
      ],
      on: &state
    )
    #expect(state.rows(of: "t1").first?.values["name"] == "")
    #expect(state.rows(of: "t1").first?.values["age"] == .null)
  }

  struct Missing: Sendable, CustomTestStringConvertible {
    let method: Text
    let inputs: Object

    var testDescription: String { method.description }
  }

  @Test(arguments: [
    Missing(method: "updateRow", inputs: ["Update By": ["Row ID": .null]]),
    Missing(method: "deleteRow", inputs: ["Delete By": ["Row ID": ""]]),
    Missing(method: "readRow", inputs: ["Read By": ["Row ID": "99"]]),
    Missing(method: "deleteRow", inputs: [:]),
    Missing(method: "searchRows2", inputs: ["parameters": ["stash": "gone"]]),
  ])
  func `a row or table that does not exist is not found`(_ missing: Missing) throws {
    var state = try Self.filled()
    do {
      try Self.run(missing.method, missing.inputs, on: &state)
      Issue.record("something was found")
    } catch let error as CardError {
      #expect(error.kind == .notFound)
      #expect(error.statusCode == 404)
    }
  }

  @Test func `a method that no table has is refused`() throws {
    var state = try Self.filled()
    #expect(throws: CardError.self) { try Self.run("dropTable", [:], on: &state) }
  }

  @Test func `a row is read by its id`() throws {
    var state = try Self.filled()
    let outputs = try Self.run("readRow", ["Read By": ["Row ID": "2"]], on: &state)
    #expect(outputs["Fields"] == ["name": "Bob", "age": 7, "active": false, "seen": .null])
  }

  @Test func `a table tells its columns`() throws {
    var state = try Self.filled()
    let outputs = try Self.run("readTable", [:], on: &state)
    guard case .list(let columns)? = outputs["Column Schema"] else {
      Issue.record("no columns")
      return
    }
    #expect(columns.first == ["name": "name", "type": "str"])
    #expect(columns.count == 4)
  }

  @Test func `a table is exported as CSV`() throws {
    var state = TableState([Self.schema])
    for name in ["plain", "a,b", "say \"hi\"", "two\nlines", "é😀"] {
      try Self.run("createRow", ["Fields": ["name": .text(Text(name)), "age": 1.5]], on: &state)
    }
    let outputs = try Self.run(
      "exportToCSV",
      ["File": ["Filename": "p.csv"], "Options": ["Columns": ["name", "age"], "Limit": 5]],
      on: &state
    )
    let expected =
      "name,age\nplain,1.5\n\"a,b\",1.5\n\"say \"\"hi\"\"\",1.5\n\"two\nlines\",1.5\né😀,1.5\n"
    #expect(
      outputs["CSV"]
        == [
          "File Content": .file(
            File(name: "p.csv", mediaType: "text/csv", content: Array(expected.utf8))
          )
        ]
    )
  }

  @Test func `a CSV file has all columns and the chosen delimiter`() throws {
    var state = TableState([Self.schema])
    try Self.run("createRow", ["Fields": ["name": "a;b"]], on: &state)
    let outputs = try Self.run(
      "exportToCSV",
      ["Options": ["Delimiter": ";", "Columns": []]],
      on: &state
    )
    guard case .object(let group)? = outputs["CSV"], case .file(let file)? = group["File Content"]
    else {
      Issue.record("no file")
      return
    }
    #expect(file.name == "People.csv")
    #expect(
      String(decoding: file.content, as: UTF8.self) == "name;age;active;seen\n\"a;b\";0;false;\n"
    )
  }

  @Test func `the same events make the same tables`() throws {
    var state = TableState([Self.schema])
    var events: [TableEvent] = []
    let requests: [(Text, Object)] = [
      ("createRow", ["Fields": ["name": "a"]]), ("createRow", ["Fields": ["name": "b"]]),
      ("updateRow", ["Update By": ["Row ID": "1"], "Fields": ["name": "c"]]),
      ("deleteRow", ["Delete By": ["Row ID": "2"]]), ("clearTable", [:]), ("createRow", [:]),
    ]
    for (method, inputs) in requests {
      var inputs = inputs
      inputs["parameters"] = ["stash": "t1"]
      let reply = try state.answer(to: TableRequest(method: method, inputs: inputs), at: Self.now)
      events += reply.events
      for event in reply.events { state.apply(event) }
    }
    var replayed = TableState([Self.schema])
    for event in events {
      let stored = try #require(TableEvent(type: event.type, payload: event.payload))
      #expect(stored == event)
      replayed.apply(stored)
    }
    #expect(replayed == state)
    #expect(
      events.map(\.type) == [
        "row.created", "row.created", "row.updated", "row.deleted", "table.cleared", "row.created",
      ]
    )
  }

  @Test func `an event of another form is none`() {
    #expect(TableEvent(type: "row.created", payload: ["table": "t1"]) == nil)
    #expect(
      TableEvent(type: "row.moved", payload: ["table": "t1", "at": .date("2026-01-01")]) == nil
    )
    var state = TableState()
    state.apply(.rowUpdated(table: "t", row: "9", at: Self.now, values: ["a": 1]))
    state.apply(.rowCreated(table: "t", row: Text("\(Int.max)"), at: Self.now, values: [:]))
    #expect(state.rows(of: "t").count == 1)
  }
}
