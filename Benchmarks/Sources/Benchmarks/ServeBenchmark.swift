internal import Foundation
internal import Glibc
internal import Values

/// Deliveries that a server takes in, beside requests that a server of Hummingbird's does nothing with:
/// 32 connections, each of which waits for its answer.
struct ServeBenchmark {
  let settings: Settings
  let workspace: Workspace

  private static let (connections, seconds) = (32, 5)

  func run(into table: inout ResultTable) throws {
    try workspace.inFolder { folder in
      let (store, secret) = (folder + "/store", try addHook(folder))
      let empty = try BackgroundProcess([settings.emptyHandler, "8099"])
      defer { empty.kill() }
      let served = try BackgroundProcess(
        [
          settings.program, "--store", store, "serve", "--ingest-only", "--listen",
          "127.0.0.1:8098",
        ]
      )
      defer { served.kill() }
      try wait(for: 8099)
      try wait(for: 8098)
      var results: [(empty: Load, ours: Load)] = []
      for round in 0..<settings.rounds {
        let empty = try load(8099, "none", run: round * 2)
        results.append((empty, try load(8098, secret, run: round * 2 + 1)))
      }
      served.kill()
      try check(store, taken: results.map(\.ours.taken).reduce(0, +))
      report(results, &table)
    }
  }

  private func report(_ results: [(empty: Load, ours: Load)], _ table: inout ResultTable) {
    let ours = middle(results.map(\.ours.rate))
    let empty = middle(results.map(\.empty.rate))
    table.add(
      "deliveries of 2.9 KB by 32 connections, each answered when it is durable",
      "\(ResultTable.number(ours))/s",
      "requests that an empty handler of Hummingbird answers: \(ResultTable.number(empty))/s",
      middle(results.map { $0.ours.rate / $0.empty.rate }),
      .atLeast(0.5)
    )
    let late = middle(results.map(\.ours.late))
    table.add(
      "the slowest of a hundred such deliveries (p99)",
      "\(ResultTable.number(late)) ms",
      "the empty handler: \(ResultTable.number(middle(results.map(\.empty.late)))) ms",
      middle(results.map { $0.ours.late / $0.empty.late })
    )
  }

  private func addHook(_ folder: String) throws -> String {
    let file = folder + "/hook.json"
    try #"{"name":"h","format":"okta-event-hook"}"#.write(
      toFile: file,
      atomically: true,
      encoding: .utf8
    )
    let run = try ChildProcess.run(
      [settings.program, "--store", folder + "/store", "hook", "add", file, "--json"],
      keepsOutput: true
    )
    let line = run.output.prefix { $0 != UInt8(ascii: "\n") }
    guard case .object(let answer) = try JSON.parse(Array(line)),
      case .text(let secret)? = answer["secret"]
    else { throw Failure("hook add shows no secret") }
    return secret.description
  }

  /// Everything that was answered with success is in the log of the server that was killed.
  private func check(_ store: String, taken: Int) throws {
    let run = try ChildProcess.run(
      [settings.program, "--store", store, "stats", "--json"],
      keepsOutput: true
    )
    let line = run.output.prefix { $0 != UInt8(ascii: "\n") }
    guard case .object(let answer) = try JSON.parse(Array(line)),
      case .number(let events)? = answer["events"]
    else { throw Failure("stats tells no number of events") }
    // A delivery and its log event, behind the event that tells of the hook.
    guard Int(events) > 2 * taken else {
      throw Failure("\(taken) deliveries were answered, and the log has \(Int(events)) events")
    }
  }

  private func wait(for port: UInt16) throws {
    for _ in 0..<100 {
      let connection = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
      defer { close(connection) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      if result == 0 { return }
      usleep(100_000)
    }
    throw Failure("nothing listens at port \(port)")
  }
}

// MARK: - Load

extension ServeBenchmark {
  /// What came of a load.
  struct Load {
    /// Requests a second.
    let rate: Double
    /// The time that 99 of 100 requests took at most, in milliseconds.
    let late: Double
    /// How many were answered with success.
    let taken: Int
  }

  private func load(_ port: Int, _ secret: String, run number: Int) throws -> Load {
    let run = try ChildProcess.run(
      [
        "wrk", "-t2", "-c\(Self.connections)", "-d\(Self.seconds)", "--latency", "-s",
        "Benchmarks/Deliveries/deliveries.lua", "http://127.0.0.1:\(port)/hooks/okta/h", "--",
        secret, "\(number)",
      ],
      keepsOutput: true
    )
    let text = String(decoding: run.output, as: UTF8.self)
    guard let rate = Self.word(behind: "Requests/sec:", in: text).flatMap({ Double($0) }),
      let late = Self.word(behind: "99%", in: text).flatMap(Self.milliseconds),
      let all = text.split(separator: "\n").first(where: { $0.contains(" requests in ") })?
        .split(separator: " ").first.flatMap({ Int($0) })
    else { throw Failure("wrk says something else: \(text)") }
    let refused = Self.word(behind: "Non-2xx or 3xx responses:", in: text).flatMap { Int($0) } ?? 0
    guard refused == 0 else { throw Failure("\(refused) of \(all) requests were refused") }
    return Load(rate: rate, late: late, taken: all)
  }

  private static func word(behind mark: String, in text: String) -> String? {
    guard let place = text.range(of: mark) else { return nil }
    return text[place.upperBound...].split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  private static func milliseconds(_ text: String) -> Double? {
    for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1000)] where text.hasSuffix(unit) {
      return Double(text.dropLast(unit.count)).map { $0 * factor }
    }
    return nil
  }
}
