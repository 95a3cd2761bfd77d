internal import Values

/// An export of Okta Workflows with the secrets that stand in it, before its flows are read.
public struct FlowExport: Sendable {
  /// Where it came from, for messages.
  public let source: String
  /// The constants that are secrets, each once, in the order in which the file has them.
  public let secrets: [FoundSecret]
  private let value: Value

  /// Reads a file and looks for secrets in it.
  ///
  /// - Throws: `FlowLoadError` where it is no JSON.
  /// - Complexity: O(*n*) in the size of the file.
  public init(_ bytes: [UInt8], source: String) throws(FlowLoadError) {
    value = try PackReader.parse(bytes, source: source)
    self.source = source
    var search = SecretSearch()
    search.visit(export: value)
    secrets = search.found
  }

  /// The flows as the export has them, secrets included.
  ///
  /// - Throws: `FlowLoadError` naming the place of the first fault.
  public func pack() throws(FlowLoadError) -> FlowPack {
    try PackReader(source: source).read(value)
  }

  /// The flows with a reference in place of each secret.
  ///
  /// A secret that can hardly be anything else is replaced wherever the file has it, also where it was not
  /// looked for: in another card's text, in a note.
  ///
  /// - Parameter references: The reference to each of ``secrets``.
  /// - Returns: The flows, whose constants name their secrets.
  /// - Throws: `FlowLoadError` naming the place of the first fault.
  /// - Complexity: O(*n* · *m*) in the size of the file and in the number of secrets.
  public func pack(
    moving references: [SecretReference]
  ) throws(FlowLoadError) -> FlowPack {
    guard !secrets.isEmpty else { return try pack() }
    let pairs = zip(secrets, references).map { SecretMove.Pair(found: $0, reference: $1) }
    let moved = SecretMove(pairs).moved(value)
    return try PackReader(source: source, secrets: references).read(moved)
  }
}

extension FlowExport: CustomStringConvertible, CustomReflectable {
  /// The file's name.
  public var description: String { source }
  /// Nothing, for the export's secrets would be in it.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
