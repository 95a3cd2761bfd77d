import TestSupport
import Testing
import Values

/// Two places on earth in which the program must say the same, byte for byte.
enum Elsewhere {
  /// Half-hour offsets, one of them with daylight saving, and a language with its own dotless i.
  static let places = [
    ["TZ": "Asia/Kolkata", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"],
    ["TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C"],
  ]
}

extension ProgramStore {
  /// Replays every execution in two processes at two places, expects every one to be identical, and
  /// returns how many there are.
  func expectIdenticalReplayElsewhere() throws -> Int {
    let arguments = ["--store", path, "replay", "--all", "--json"]
    let runs = try Concurrently.map(Elsewhere.places.count) { place in
      try ProgramRun(arguments, environment: Elsewhere.places[place])
    }.map { try $0.get() }
    #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.messages))")
    #expect(runs[0].output == runs[1].output, "the two places differ")
    let lines = try runs[0].objects().filter { $0.has("verdict") }
    for line in lines where line["verdict"] != "identical" {
      Issue.record("\(line)")
    }
    return lines.count
  }
}
