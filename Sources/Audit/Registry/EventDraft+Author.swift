internal import EventStore
internal import Values

extension EventStore.EventDraft {
  /// A draft of what somebody has done with the log's own settings.
  ///
  /// - Parameters:
  ///   - type: The event's type.
  ///   - stream: The stream of what is done with settings of the kind.
  ///   - members: Its data, which gets why it was done.
  ///   - subject: What it was done with; nil where there is only one such.
  ///   - author: Who did it, as claimed, and why.
  init(
    _ type: String,
    in stream: StreamID,
    _ members: Object,
    subject: String?,
    by author: FlowRegistry.Author
  ) {
    var data = members
    if let why = author.why { data["why"] = .text(Text(why)) }
    self.init(
      type: type,
      source: Array("auditcli".utf8),
      stream: stream,
      data: JSON.serialize(.object(data))
    )
    if let subject { self.subject = Array(subject.utf8) }
    actor = Array(author.actor.utf8)
    dictionaryClass = .recorded
  }
}
