internal import ArgumentParser

/// A root that somebody kept outside the store, to be compared with what the events give.
struct KeptRootOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A root that was kept elsewhere, to compare with.", valueName: "hex"))
  var root: String?

  @Option(help: ArgumentHelp("Of how many events it is the root; default: all.", valueName: "n"))
  var size: UInt64?
}

extension KeptRootOptions {
  /// The root as `verify` prints it.
  var digits: String? { root?.lowercased() }

  /// The options as a command line has them.
  var arguments: [String] {
    (root.map { ["--root", $0] } ?? []) + (size.map { ["--size", "\($0)"] } ?? [])
  }

  func validate() throws {
    guard root != nil || size == nil else {
      throw ValidationError("--size belongs to --root: how many events the root is of.")
    }
    guard size != 0 else { throw ValidationError("--size takes a number from 1 on.") }
    let isHash = digits.map { $0.utf8.count == 64 && $0.allSatisfy(\.isHexDigit) } ?? true
    guard isHash else {
      throw ValidationError("--root takes the 64 hexadecimal digits that `verify` printed.")
    }
  }
}
