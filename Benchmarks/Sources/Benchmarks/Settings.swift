internal import Foundation

/// What is measured, with which programs, and how much of it.
struct Settings {
  /// Whether a short run is wanted.
  var isQuick = false
  /// Whether only flows are measured: their interpreter, recording, replay and comparison.
  var isOfFlows = false
  /// Whether only what is done with a long history is measured.
  var isOfHistory = false
  /// Whether only the server is measured.
  var isOfServer = false
  /// The one kind of work that a profiler wants to see, see ``ProfiledWork``.
  var profiled: String?
  /// The kind of recording that is done once, and whose seconds are printed.
  var recorded: String?
  /// The release build of the program.
  var program = ".build/release/auditcli"
  /// The folder for inputs that are kept between runs.
  var inputs = ".build/bench"
  /// A program that writes varied events, called with their number and a seed; nil for our own.
  var generator: String?
  /// A folder with exports of flows below it.
  var packs = "fixtures/flows"
  /// Whether the peers' verdicts are asked, and where their programs are their speed is measured.
  var isOfPeers = false
  /// The folder with the peers' programs, where they are to be measured.
  var peers: String?
  /// The Python that has the peers.
  var python = ".build/bench-peers/bin/python"

  /// How often each thing is measured, in turn with what it is compared with.
  var rounds: Int { isQuick ? 3 : 5 }
  /// The events of the file that is ingested and searched.
  var events: Int { isQuick ? 20_000 : 100_000 }
  /// Events appended one by one.
  var single: Int { isQuick ? 500 : 2_000 }
  /// Executions that are recorded, replayed and compared.
  var executions: Int { isQuick ? 500 : 2_000 }
  /// The executions of the long history.
  var history: Int { isQuick ? 5_000 : 100_000 }
  /// The two sizes of logs whose queries are compared.
  var queried: (small: Int, large: Int) { isQuick ? (20_000, 200_000) : (100_000, 1_000_000) }

  /// The empty program, which is built beside this one.
  var emptyProgram: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
      + "/EmptyProgram"
  }

  /// The server that does nothing, which is built in a package of its own.
  let emptyHandler = "Benchmarks/EmptyHandler/.build/release/EmptyHandler"

  /// Reads the arguments of the process.
  ///
  /// - Throws: `Failure` for an argument that means nothing.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--quick" {
        isQuick = true
        continue
      }
      if option == "--flows" {
        isOfFlows = true
        continue
      }
      if option == "--history" {
        isOfHistory = true
        continue
      }
      if option == "--serve" {
        isOfServer = true
        continue
      }
      guard let value = rest.popFirst() else { throw Failure("\(option) needs a value") }
      switch option {
      case "--profile": profiled = value
      case "--record": recorded = value
      case "--program": program = value
      case "--inputs": inputs = value
      case "--generator": generator = value
      case "--packs": packs = value
      case "--peers": peers = value
      case "--python": (python, isOfPeers) = (value, true)
      default: throw Failure("there is no option \(option)")
      }
    }
  }
}

/// Why a benchmark could not be carried out.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
