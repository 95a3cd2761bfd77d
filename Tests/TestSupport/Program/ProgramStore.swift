/// A store in a folder of its own, worked on by the program alone.
public struct ProgramStore: Sendable {
  /// The folder the store is in.
  public let path: String
  /// A folder for what a test writes beside the store; the program runs in it.
  public let folder: String

  /// Names a store that may not exist yet.
  public init(path: String, folder: String) {
    self.path = path
    self.folder = folder
  }

  /// Runs a command on the store, in a process of its own.
  ///
  /// - Throws: Foundation's error where it cannot be started.
  @discardableResult
  public func run(
    _ arguments: String...,
    environment: [String: String] = [:],
    input: [UInt8] = [],
    launcher: [String] = []
  ) throws -> ProgramRun {
    try run(arguments, environment: environment, input: input, launcher: launcher)
  }

  /// Runs a command on the store, in a process of its own.
  ///
  /// - Throws: Foundation's error where it cannot be started.
  @discardableResult
  public func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    input: [UInt8] = [],
    launcher: [String] = []
  ) throws -> ProgramRun {
    try ProgramRun(
      ["--store", path] + arguments,
      in: folder,
      environment: environment,
      input: input,
      launcher: launcher
    )
  }

  /// Runs a command that must succeed with `status`, and returns its run.
  ///
  /// - Throws: `UnexpectedStatus` where it ends otherwise.
  @discardableResult
  public func must(_ arguments: String..., endWith status: Int32 = 0) throws -> ProgramRun {
    try must(arguments, endWith: status)
  }

  /// Runs a command that must succeed with `status`, and returns its run.
  ///
  /// - Throws: `UnexpectedStatus` where it ends otherwise.
  @discardableResult
  public func must(_ arguments: [String], endWith status: Int32 = 0) throws -> ProgramRun {
    let run = try ProgramRun(["--store", path] + arguments, in: folder)
    guard run.status == status else { throw UnexpectedStatus(run: run) }
    return run
  }

  /// What `must` throws.
  public struct UnexpectedStatus: Error, CustomStringConvertible {
    /// The run.
    public let run: ProgramRun
    /// The command and all it left behind.
    public var description: String { run.description }
  }
}

/// A store that does not exist yet, in a fresh folder, for the length of `body`.
///
/// Where one was made, it is verified in depth afterwards.
///
/// - Throws: What `body` throws, and `ProgramStore.UnexpectedStatus` where the store is damaged.
public func withProgramStore(_ body: (ProgramStore) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let store = ProgramStore(path: folder + "/store", folder: folder)
    try body(store)
    guard PackageFolder.exists(store.path + "/data.mdb") else { return }
    try store.must("verify", "--deep", endWith: 3)
  }
}
