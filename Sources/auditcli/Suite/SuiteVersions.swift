internal import Connectors
internal import Flows
internal import Foundation
internal import Replay
internal import Values

/// The flow versions of a suite, and what exports have in place of them.
struct SuiteVersions {
  /// A version that was recorded, and the one to compare with.
  struct Pair {
    let old: NamedFlow
    let new: NamedFlow
    let differ: Differ
  }

  /// The pairs, by the names of the flows.
  let pairs: [Pair]
  /// Which pair a recorded version is in.
  let places: [Text: Int]

  /// Puts the flows of exports in the places of those of a suite.
  ///
  /// - Throws: `Failure` where an export has no flow that the suite reaches; `FlowLoadError`.
  init(_ suite: Suite, with files: [String]) throws {
    let known = Set(suite.closures.values.flatMap { $0.flows.map(\.id) })
    let secrets = suite.closures.values.flatMap(\.secrets)
    let exports = try files.map { (file: $0, pack: try Self.pack(inFile: $0, knowing: secrets)) }
    for export in exports
    where !suite.closures.values.contains(where: {
      $0.isReached(by: export.pack, knowing: known)
    }) {
      throw Failure(
        "\(export.file) has no flow that a recording of the suite ran, so that nothing would be tested by "
          + "it. Name the export of a flow of the suite, or leave it out."
      )
    }
    let labels = Self.labels(suite)
    pairs = suite.closures.map { hash, closure in
      let reaching = exports.filter { closure.isReached(by: $0.pack, knowing: known) }
      let new = closure.replacing(with: reaching.map(\.pack), knowing: known)
      let source = reaching.isEmpty ? "suite" : reaching.map(\.file).joined(separator: ", ")
      return Pair(
        old: NamedFlow(closure: closure, hash: hash, label: labels[hash] ?? ""),
        new: NamedFlow(
          closure: new,
          hash: FlowVersion(new).hash,
          label: "\(new.flow.name) (\(source))"
        ),
        differ: Differ(old: Program(closure), new: Program(new))
      )
    }.sorted { ($0.old.label, $0.old.hash) < ($1.old.label, $1.old.hash) }
    places = Dictionary(uniqueKeysWithValues: pairs.enumerated().map { ($1.old.hash, $0) })
  }

  /// What people call the recorded versions: `notify@2`.
  private static func labels(_ suite: Suite) -> [Text: String] {
    var labels: [Text: String] = [:]
    for execution in suite.executions where labels[execution.hash] == nil {
      guard let flow = suite.closures[execution.hash]?.flow else { continue }
      labels[execution.hash] = flow.name.description + (execution.version.map { "@\($0)" } ?? "")
    }
    return labels
  }

  /// The flows of an export.
  ///
  /// Where a build server has no file of connections, nobody can tell whether a secret of the export is the
  /// one that was recorded at its place; it is taken for that one.
  private static func pack(
    inFile file: String,
    knowing references: [SecretReference]
  ) throws -> FlowPack {
    guard NamedFlows.isExport(file) else {
      throw Failure(
        "--with \(file): a suite is compared with exports: .flopack, .folder or .flow files that are there."
      )
    }
    let export = try SecretFile.export(file)
    let place = ConnectionPlace(nil)
    guard !export.secrets.isEmpty, try place.read().secrets.digest() == nil else {
      return try SecretFile(place).pack(of: export)
    }
    let digest = SecretDigest(key: ProcessWorld.entropy(SecretDigest.keyLength))
    return try export.pack(
      moving: export.secrets.map { secret in
        if let same = references.first(where: { $0.name == secret.name }) {
          Output.message(
            "\(file): the secret \(secret.name) is taken for the one that was recorded; only a file of "
              + "connections could tell."
          )
          return same
        }
        return digest.reference(to: secret.secret, named: secret.name)
      }
    )
  }
}
