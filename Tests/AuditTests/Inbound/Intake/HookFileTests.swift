import Audit
import Testing

/// What keeps a hook's file from being used.
@Suite struct HookFileTests {
  @Test(arguments: [
    (#"{"name":"x","fliter":"true"}"#, "a hook has no `fliter`"),
    (
      #"{"name":"x","events":[{"type":"user.session.start","fliter":"true"}]}"#,
      "the hook's user.session.start has no `fliter`; an event has type and filter"
    ),
    (#"{"name":"x","events":[]}"#, "a hook's `events` is left out for all events"),
    (#"{"name":"x","events":[{"filter":"true"}]}"#, "a hook's `events` is objects with a type"),
    (#"{"name":""}"#, "a hook's `name` is a text"),
    (#"{"name":"x"#, "the hook's file is not JSON"),
  ])
  func `a member that is wrong is named`(_ file: String, _ says: String) {
    let error = #expect(throws: HookFileError.self) { try Hook(file: Array(file.utf8)) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }
}
