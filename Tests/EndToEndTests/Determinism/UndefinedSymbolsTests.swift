import Foundation
import TestSupport
import Testing

/// What the modules that must repeat themselves ask of the system, read from their objects.
@Suite(.enabled(if: ObjectSymbols.areReadable, "needs nm and objects of a build"))
struct UndefinedSymbolsTests {
  private static let modules = ["Values", "Flows", "EventStore", "Replay"]

  @Test(arguments: modules)
  func `no clock, no randomness, no network and no Foundation`(_ module: String) throws {
    let symbols = try ObjectSymbols.undefined(in: module)
    #expect(symbols.count > 100, "the objects of \(module) were not found")
    for rule in Forbidden.allCases {
      let found = symbols.filter(rule.forbids)
      #expect(found.isEmpty, "\(module) reaches \(rule): \(found.sorted().prefix(5))")
    }
  }

  @Test func `what plans repairs reaches no network`() throws {
    for module in ["Values", "Flows", "EventStore", "Replay", "Audit"] {
      let found = try ObjectSymbols.undefined(in: module).filter(Forbidden.network.forbids)
      #expect(found.isEmpty, "\(module) reaches the network: \(found.sorted().prefix(5))")
    }
    // The program as a whole has a network; the command, and what it is made of, does not.
    for part in ["RepairPlanCommand", "RepairWork", "RepairPlanText", "SelectionOptions"] {
      let symbols = try ObjectSymbols.undefined(in: "auditcli", part: part)
      #expect(symbols.count > 20, "the object of \(part) was not found")
      let found = symbols.filter { symbol in
        Forbidden.network.forbids(symbol) || symbol.contains("10Connectors")
          || symbol.contains("6Server")
      }
      #expect(found.isEmpty, "\(part) reaches the network: \(found.sorted().prefix(5))")
    }
  }

  @Test func `the same look at the program finds the clock and the randomness it has`() throws {
    let symbols = try ObjectSymbols.undefined(in: "auditcli")
    for rule in [Forbidden.clock, .randomness, .foundation] {
      #expect(symbols.contains(where: rule.forbids), "\(rule) is not recognised")
    }
  }

  @Test(arguments: [
    (Forbidden.clock, "clock_gettime"), (.clock, "$ss15ContinuousClockV3nowAC7InstantVvgZ"),
    (.clock, "$s20FoundationEssentials4DateVACycfC"), (.randomness, "getrandom"),
    (.randomness, "$ss27SystemRandomNumberGeneratorVABycfC"), (.randomness, "arc4random_buf"),
    (.network, "socket"), (.network, "getaddrinfo"), (.foundation, "$s10Foundation4DataV"),
  ])
  func `a forbidden symbol is recognised`(_ rule: Forbidden, _ symbol: String) {
    #expect(rule.forbids(symbol))
    #expect(!rule.forbids("memcpy"))
  }
}

/// What a module that must repeat itself may not reach.
enum Forbidden: CaseIterable, Sendable {
  case clock, randomness, network, foundation

  private var functions: Set<String> {
    switch self {
    case .clock:
      [
        "clock_gettime", "gettimeofday", "time", "times", "clock", "ftime", "localtime",
        "localtime_r", "gmtime", "gmtime_r", "mktime", "strftime", "tzset", "swift_get_time",
      ]
    case .randomness:
      [
        "getrandom", "getentropy", "arc4random", "arc4random_buf", "arc4random_uniform", "rand",
        "rand_r", "srand", "random", "srandom", "drand48", "swift_stdlib_random", "uuid_generate",
        "uuid_generate_random",
      ]
    case .network:
      [
        "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "send", "sendto",
        "sendmsg", "recv", "recvfrom", "recvmsg", "getaddrinfo", "gethostbyname", "getnameinfo",
      ]
    case .foundation: []
    }
  }

  private var mangledParts: [String] {
    switch self {
    case .clock: ["15ContinuousClockV", "15SuspendingClockV", "20FoundationEssentials4DateV"]
    case .randomness: ["27SystemRandomNumberGenerator", "20FoundationEssentials4UUIDV"]
    case .network: ["17FoundationNetworking"]
    case .foundation: ["10Foundation", "20FoundationEssentials", "17FoundationNetworking"]
    }
  }

  func forbids(_ symbol: String) -> Bool {
    if functions.contains(symbol) { return true }
    // Bytes are handed to SHA-256 through these protocols; nothing else of their module is needed.
    let isBytesOfHash = ["12DataProtocol", "15ContiguousBytes"].contains {
      symbol.contains("20FoundationEssentials" + $0)
    }
    guard symbol.hasPrefix("$s"), self != .foundation || !isBytesOfHash else { return false }
    return mangledParts.contains { symbol.contains($0) }
  }
}

/// The undefined symbols of a module's objects in the build folder.
enum ObjectSymbols {
  private static let buildFolder = URL(fileURLWithPath: ProgramRun.path)
    .deletingLastPathComponent().path

  /// Whether there is an `nm` and there are objects; says so on standard output where not.
  static let areReadable: Bool = {
    let found = (try? undefined(in: "Values"))?.isEmpty == false
    if !found { print("skipped: undefined symbols, because nm or the build's objects are missing") }
    return found
  }()

  /// Those of a module, or of the object of one of its sources, where each has its own.
  static func undefined(in module: String, part: String? = nil) throws -> Set<String> {
    let all = try objects(of: module)
    let own = all.filter { object in part.map { object.hasSuffix("/\($0).swift.o") } ?? true }
    let objects = own.isEmpty ? all : own
    let output = try Command.output(["nm", "-u"] + objects)
    return Set(
      output.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        // Versions such as `memcpy@GLIBC_2.14` stand in linked files only.
        return words.count == 2 && words[0] == "U" ? String(words[1]) : nil
      }
    )
  }

  /// The objects of a module's present sources; those of sources that are gone may lie beside them.
  private static func objects(of module: String) throws -> [String] {
    let folder = buildFolder + "/\(module).build"
    let objects = try names(below: folder).filter { $0.hasSuffix(".o") }
    let sources = Set(try names(below: PackageFolder.path("Sources/\(module)")).map(lastPart))
    let present = objects.filter { sources.contains(String(lastPart($0).dropLast(2))) }
    return (present.isEmpty ? objects : present).map { folder + "/" + $0 }
  }

  private static func names(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  }

  private static func lastPart(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}
