import TestSupport
import Values

/// A flow version as `flow list --json` has it.
struct ListedFlow: Sendable {
  let name: String
  let hash: String
  let unsupported: [String]

  init(_ line: Object) {
    name = line.string("name")
    hash = line.string("hash")
    var unsupported: [String] = []
    for case .text(let address) in line.list("unsupported") {
      unsupported.append(address.description)
    }
    self.unsupported = unsupported
  }

  /// Whether all its cards are supported.
  var canRun: Bool { unsupported.isEmpty }
}

extension ProgramStore {
  /// The flows of the log.
  func flows() throws -> [ListedFlow] {
    try must("flow", "list", "--json").objects().dropLast().map(ListedFlow.init)
  }
}
