import TestSupport
import Testing
import Values

/// Replay and diff need no network: here they have none.
@Suite(.enabled(if: NoNetwork.isPermitted, "needs unshare -rn"))
struct WithoutNetworkTests {
  @Test func `replay, diff and verify are the same where no network is`() throws {
    let store = try ToldStore.store.get()
    for words in [
      ["replay", "--all", "--json"],
      ["diff", "Breached credential@1", "Breached credential@2", "--json"],
      ["verify", "--deep", "--json"],
    ] {
      let here = try store.run(words)
      let alone = try store.run(words, launcher: NoNetwork.launcher)
      #expect(alone.status == here.status, "\(alone)")
      #expect(alone.output == here.output)
    }
  }

  @Test func `there is no interface but the loopback, and that is down`() throws {
    let devices = try Command.output(
      Array(NoNetwork.launcher.dropFirst()) + ["cat", "/proc/net/dev"]
    )
    let names = devices.split(separator: "\n").dropFirst(2).compactMap {
      $0.split(separator: ":").first
    }
    #expect(names.map { $0.filter { $0 != " " } } == ["lo"])
  }
}

/// A network namespace of its own, without interfaces.
enum NoNetwork {
  static let launcher = ["/usr/bin/env", "unshare", "-rn"]

  /// Whether this machine lets a user make one; says so on standard output where it does not.
  static let isPermitted: Bool = {
    let permitted = (try? Command.output(["unshare", "-rn", "true"])) != nil
    if !permitted {
      print("skipped: replay without a network, because unshare -rn is not permitted")
    }
    return permitted
  }()
}
