internal import Crypto
internal import Replay
public import Values

/// Failed executions that likely failed for one reason: of one flow, at one card, with one kind of error and one
/// message, up to the ids, addresses, times and numbers in it.
public struct FailureCluster: Hashable, Sendable {
  /// What the executions of a cluster have in common.
  struct Key: Hashable {
    let flow: Text
    /// The step that failed, without the numbers of items; empty where nobody told.
    let step: Text
    let kind: Text
    let statusCode: Double?
    /// The message's pattern.
    let message: Text
  }

  let key: Key
  /// What the cluster is called; it follows from what its executions have in common, so the same failure in another
  /// log is called the same.
  public let id: Text
  /// The flow's name, else its id.
  public let flow: Text
  /// The versions of the flow that failed, in order; those that are not registered are not told.
  public let versions: [Int]
  /// The name of the card, else its id; nil where nobody told.
  public let card: Text?
  /// The executions that failed, as a repair is about them: in the order of the log.
  public let executions: [Text]
  /// When the first of them began, in milliseconds since 1970.
  public let first: Int64
  /// When the last of them began.
  public let last: Int64
  /// The one that failed last: where it was tried again, the last repair.
  public let exemplar: Text

  /// How many failed.
  public var count: Int { executions.count }
  /// The step that failed, without the numbers of items; nil where nobody told.
  public var step: Text? { key.step.isEmpty ? nil : key.step }
  /// The kind of error; nil where nobody told.
  public var kind: Text? { key.kind.isEmpty ? nil : key.kind }
  /// The status code of the error.
  public var statusCode: Double? { key.statusCode }
  /// The message, with ellipses in place of what differs; nil where nobody told.
  public var message: Text? { key.message.isEmpty ? nil : key.message }
}

extension FailureCluster {
  /// The cluster as the command line's JSON shows it.
  public var json: Object {
    [
      "cluster": .text(id), "count": .whole(count), "first": .time(first), "last": .time(last),
      "exemplar": .text(exemplar), "flow": .text(flow),
      "versions": .list(versions.map { .whole($0) }), "card": .optional(card),
      "step": .optional(step), "kind": .optional(kind),
      "statusCode": statusCode.map { .number($0) } ?? .null, "message": .optional(message),
    ]
  }
}

extension FailureCluster.Key {
  /// Of an execution that failed.
  init(_ entry: HistoryEntry) {
    flow = entry.flow ?? entry.flowName ?? .empty
    step = (entry.error?.textAt("path") ?? .empty).withoutItemNumbers
    kind = entry.error?.textAt("kind") ?? .empty
    statusCode = entry.error?["statusCode"].flatMap { value in
      if case .number(let code) = value { code } else { nil }
    }
    message = MessagePattern(entry.error?.textAt("message") ?? .empty).text
  }

  /// The first four bytes of a SHA-256, as hexadecimal digits behind `fc-`.
  var id: Text {
    var parts = Array("failure-cluster".utf8)
    let code = statusCode.map { "\($0)" } ?? ""
    for part in [flow, step, kind, Text(code), message] { parts += [0] + part.bytes }
    return "fc-" + Hexadecimal.encode(SHA256.hash(data: parts).prefix(4))
  }
}
