import Audit
import Flows
import Testing
import Values

/// What an execution was started with, changed.
@Suite struct TriggerEditTests {
  /// A change of a trigger and what comes of it.
  struct Change: Sendable {
    let trigger: Trigger
    let edit: String
    let becomes: Trigger
  }

  private static let user: Value = ["user": ["email": "a@example.com", "age": 3], "tags": ["x"]]
  private static let endpoint = HTTPRequest(
    headers: ["Content-Type": "application/json"],
    body: #"{"a":{"b":1},"list":[1]}"#,
    query: "x=1"
  )

  private static func http(
    headers: Object = endpoint.headers,
    body: Text = endpoint.body,
    query: Text = endpoint.query
  ) -> Trigger {
    .http(HTTPRequest(headers: headers, body: body, query: query))
  }

  @Test(arguments: [
    Change(
      trigger: .call(arguments: ["who": "a", "n": 1]),
      edit: "trigger.who=b",
      becomes: .call(arguments: ["who": "b", "n": 1])
    ),
    // In place of a text, a number is one too; in place of anything else it is a number.
    Change(
      trigger: .call(arguments: ["who": "555", "n": 1]),
      edit: "trigger.who=123",
      becomes: .call(arguments: ["who": "123", "n": 1])
    ),
    Change(
      trigger: .call(arguments: ["n": 1]),
      edit: "trigger.n=2",
      becomes: .call(arguments: ["n": 2])
    ),
    Change(
      trigger: .call(arguments: ["who": "a"]),
      edit: #"trigger.who={"id":[1,"=."]}"#,
      becomes: .call(arguments: ["who": ["id": [1, "=."]]])
    ),
    Change(
      trigger: .call(arguments: [:]),
      edit: "trigger.declared=x",
      becomes: .call(arguments: ["declared": "x"])
    ),
    Change(
      trigger: .events([user]),
      edit: "trigger.user.email=b@example.com",
      becomes: .events([["user": ["email": "b@example.com", "age": 3], "tags": ["x"]]])
    ),
    Change(
      trigger: .events([user]),
      edit: "trigger.tags[1]=y",
      becomes: .events([["user": ["email": "a@example.com", "age": 3], "tags": ["x", "y"]]])
    ),
    Change(
      trigger: .events([user, ["user": ["email": "c@example.com"]]]),
      edit: "trigger[1].user.email=d@example.com",
      becomes: .events([user, ["user": ["email": "d@example.com"]]])
    ),
    Change(
      trigger: .delegated(inputs: ["reason": "a"], user: "u"),
      edit: "trigger.user=v",
      becomes: .delegated(inputs: ["reason": "a"], user: "v")
    ),
    Change(
      trigger: http(),
      edit: "trigger.body.a.b=2",
      becomes: http(body: #"{"a":{"b":2},"list":[1]}"#)
    ),
    Change(trigger: http(), edit: "trigger.body=plain", becomes: http(body: "plain")),
    Change(trigger: http(), edit: "trigger.query=y=2&z", becomes: http(query: "y=2&z")),
    Change(
      trigger: http(),
      edit: "trigger.headers.content-type=text/plain",
      becomes: http(headers: ["Content-Type": "text/plain"])
    ),
    Change(
      trigger: http(),
      edit: "trigger.headers.X-New=1",
      becomes: http(headers: ["Content-Type": "application/json", "x-new": "1"])
    ),
    Change(
      trigger: .scheduled(at: Instant(milliseconds: 0)),
      edit: "trigger.at=1970-01-01T00:00:01Z",
      becomes: .scheduled(at: Instant(milliseconds: 1000))
    ),
  ])
  func `a trigger is changed at the place that is named`(_ change: Change) throws {
    let edit = try TriggerEdit(parsing: Text(change.edit))
    let names: [Text] = ["declared", "user/email"]
    #expect(try edit.applied(to: change.trigger, names: names) == change.becomes)
    #expect(edit.text == Text(change.edit))
  }

  @Test(arguments: [
    "", "trigger", "trigger=1", "trigger.", "trigger.a", "user.email=1", "trigger..a=1",
  ])
  func `what is no change is refused with an example`(_ text: String) {
    let error = #expect(throws: TriggerEditError.notAnEdit(Text(text))) {
      try TriggerEdit(parsing: Text(text))
    }
    #expect(error?.description.contains("trigger.user.email=other@example.com") == true)
  }

  @Test(arguments: [
    (
      Trigger.call(arguments: ["who": "a"]), "trigger.whom=b",
      "there is no trigger.whom. There is: who, declared, user/email."
    ),
    (
      .events([user]), "trigger.user.mail=b",
      "there is no trigger.user.mail. There is: user/email, user/age, tags, declared."
    ),
    (
      .events([user, user]), "trigger.user.email=b",
      "2 events started the execution, and trigger.user.email does not say which is meant. "
        + "Write `trigger[0]` for the first."
    ),
    (
      .manual, "trigger.a=1",
      "the execution was started by hand, with nothing that could be changed"
    ),
    (
      .scheduled(at: Instant(milliseconds: 0)), "trigger.at=soon",
      "trigger.at must be a time such as 2026-01-31T06:00:00Z"
    ),
    (http(body: "plain"), "trigger.body.a=1", "trigger.body must be JSON to change a part"),
    (http(), "trigger.path=/x", "there is no trigger.path. There is: body, headers.NAME, query."),
    (
      .call(arguments: ["who": "a"]), "trigger.who.id=1",
      "nothing can stand at trigger.who.id: who is a text, and has no members"
    ),
  ])
  func `a place that is not there is refused with what is`(
    _ trigger: Trigger,
    _ text: String,
    _ reason: String
  ) throws {
    let edit = try TriggerEdit(parsing: Text(text))
    let error = #expect(throws: TriggerEditError.self) {
      try edit.applied(to: trigger, names: ["declared", "user/email"])
    }
    #expect(error?.description == reason)
  }
}
