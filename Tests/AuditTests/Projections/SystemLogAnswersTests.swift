import Audit
import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

@Suite struct SystemLogAnswersTests {
  private func request(_ filter: String, since: Value = .null) -> ConnectorRequest {
    let row = ObjectSchema([
      .init(key: "UUID", type: .string), .init(key: "Published", type: .date),
      .init(
        key: "Actor",
        type: .schema(ObjectSchema([.init(key: "Alternate ID", type: .string)]))
      ),
      .init(
        key: "Client",
        type: .schema(ObjectSchema([.init(key: "IP Address", type: .string)]))
      ),
    ])
    return ConnectorRequest(
      method: LocalDriver.systemLogSearch,
      connection: nil,
      options: ["searchBy": "Expression"],
      inputs: ["Search By/Custom Filter": .text(Text(filter)), "Date/since": since],
      outputs: [
        CardField(
          name: FieldName(group: "Result", key: "System Logs"),
          type: .list(.schema(row))
        )
      ],
      streamsRecords: false
    )
  }

  @Test func `a search gives entries under the names its card declares`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let answers = SystemLogAnswers(audited.log, asOf: try audited.log.size().count)
      let reply = try answers.reply(
        to: request(#"eventType eq "user.session.start" and outcome.result eq "FAILURE""#)
      )
      guard case .outputs(let answer) = reply.answer,
        case .list(let rows)? = answer.outputs["Result/System Logs"]
      else {
        Issue.record("no rows")
        return
      }
      #expect(rows.count == 12)
      #expect(reply.evidence.events.count == 12)
      guard case .object(let row)? = rows.first, case .object(let actor)? = row["Actor"],
        case .object(let client)? = row["Client"]
      else {
        Issue.record("a row has another form")
        return
      }
      #expect(row.keys == ["UUID", "Published", "Actor", "Client"])
      guard case .date? = row["Published"], case .text? = actor["Alternate ID"],
        case .text? = client["IP Address"]
      else {
        Issue.record("a member has another kind")
        return
      }
    }
  }

  @Test func `the first record's own lists are given as they are`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let answers = SystemLogAnswers(audited.log, asOf: try audited.log.size().count)
      let target = ObjectSchema([.init(key: "id", type: .string)])
      let all = request(#"eventType eq "group.user_membership.add""#)
      let first = ConnectorRequest(
        method: all.method,
        connection: nil,
        options: all.options,
        inputs: all.inputs,
        outputs: [
          CardField(name: FieldName(group: "Result", key: "UUID"), type: .string),
          CardField(
            name: FieldName(group: "Result", key: "Target"),
            type: .list(.schema(target))
          ),
        ],
        streamsRecords: false
      )
      guard case .outputs(let answer) = try answers.reply(to: first).answer,
        case .list(let targets)? = answer.outputs["Result/Target"],
        case .object(let one)? = targets.first
      else {
        Issue.record("no targets")
        return
      }
      #expect(targets.count == 2)
      #expect(one.keys == ["id"])
    }
  }

  @Test func `what came after the run began is not found`() throws {
    try AuditedLog.with { audited in
      try audited.ingest("events/system-log.ndjson")
      let answers = SystemLogAnswers(audited.log, asOf: 0)
      let reply = try answers.reply(to: request(#"eventType eq "user.session.start""#))
      #expect(reply.evidence == .none)
    }
  }

  @Test func `a filter that cannot be read is the card's error`() throws {
    try AuditedLog.with { audited in
      let reply = try SystemLogAnswers(audited.log, asOf: 0).reply(to: request("eventType is"))
      guard case .failure(let error) = reply.answer else {
        Issue.record("no failure")
        return
      }
      #expect(error.statusCode == 400)
    }
  }
}
