/// The people, groups, apps, networks and machines that generated entries are about.
///
/// Every member is a piece of JSON, ready to be appended.
struct EventPopulation: Sendable {
  /// Actors and targets: `"id":…,"type":"User","alternateId":…,"displayName":…`, without braces.
  let users: [[UInt8]]
  let groups: [[UInt8]]
  let apps: [[UInt8]]
  let policies: [[UInt8]]
  let rules: [[UInt8]]
  let devices: [[UInt8]]
  let flows: [[UInt8]]
  /// Addresses without quotes.
  let addresses: [[UInt8]]
  /// `{"rawUserAgent":…,"os":…,"browser":…}` and the kind of device.
  let agents: [[UInt8]]
  /// `{"city":…}` with its coordinates.
  let places: [[UInt8]]
  /// `"asNumber":…,"asOrg":…,"isp":…,"domain":…`.
  let networks: [[UInt8]]
  /// Hashes of browsers, without quotes.
  let browsers: [[UInt8]]

  init(drawing random: inout SplitMix64) {
    users = (0..<4_000).map { Self.user($0, &random) }
    groups = Self.things(90, "00g", "UserGroup", "unknown", Names.teams, &random)
    apps = Self.things(60, "0oa", "AppInstance", nil, Names.apps, &random)
    policies = Self.things(24, "00p", "PolicyEntity", "unknown", Names.policies, &random)
    rules = Self.things(70, "0pr", "PolicyRule", "00p1example", Names.policies, &random)
    devices = Self.things(2_500, "guo", "Device", nil, Names.devices, &random)
    flows = Self.things(110, "01J", "Flow", "unknown", Names.flows, &random)
    addresses = (0..<6_000).map { _ in Self.address(&random) }
    agents = Self.agents()
    places = Names.places.map { Self.place($0, &random) }
    networks = (0..<40).map { Self.network($0) }
    browsers = (0..<3_000).map { _ in Self.hash(&random) }
  }

  private static func user(_ index: Int, _ random: inout SplitMix64) -> [UInt8] {
    let given = random.pick(Names.given)
    let family = random.pick(Names.family)
    let mail = "\(given.mail).\(family.mail)\(index < 900 ? "" : String(index))@example.com"
    return member("00u", "User", mail, "\(given.name) \(family.name)", &random)
  }

  private static func things(
    _ count: Int,
    _ prefix: StaticString,
    _ type: String,
    _ alternate: String?,
    _ names: [String],
    _ random: inout SplitMix64
  ) -> [[UInt8]] {
    (0..<count).map { index in
      let round = index / names.count
      let name = names[index % names.count] + (round == 0 ? "" : " \(round + 1)")
      return member(prefix, type, alternate ?? name, name, &random)
    }
  }

  private static func member(
    _ prefix: StaticString,
    _ type: String,
    _ alternate: String,
    _ name: String,
    _ random: inout SplitMix64
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append("\"id\":\"")
    bytes.append(id: prefix, count: 17, drawing: &random)
    let rest =
      "\",\"type\":\"\(type)\",\"alternateId\":\"\(alternate)\",\"displayName\":\"\(name)\""
    bytes.append(contentsOf: rest.utf8)
    return bytes
  }

  /// An address of a network for documentation: three of version 4, one of version 6.
  private static func address(_ random: inout SplitMix64) -> [UInt8] {
    let networks = ["192.0.2.", "198.51.100.", "203.0.113."]
    if random.once(in: 6) {
      let tail = String(random.below(65_536), radix: 16)
      return Array("2001:db8:\(String(random.below(4_096), radix: 16))::\(tail)".utf8)
    }
    return Array((random.pick(networks) + String(random.below(255))).utf8)
  }

  private static func hash(_ random: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(hex: 64, drawing: &random)
    return bytes
  }

  private static func place(_ name: Names.Place, _ random: inout SplitMix64) -> [UInt8] {
    let code = 10_000 + random.below(80_000)
    let state = name.state.map { "\"\($0)\"" } ?? "null"
    let text =
      "{\"city\":\"\(name.city)\",\"state\":\(state),\"country\":\"\(name.country)\","
      + "\"postalCode\":\"\(code)\",\"geolocation\":{\"lat\":\(name.latitude),"
      + "\"lon\":\(name.longitude)}}"
    return Array(text.utf8)
  }

  private static func network(_ index: Int) -> [UInt8] {
    let name = "\(Names.carriers[index % Names.carriers.count]) \(index / 8 + 1)"
    let domain = index % 5 == 4 ? "." : "net\(index).example.net"
    let text =
      "\"asNumber\":\(64_496 + index % 16),\"asOrg\":\"\(name)\",\"isp\":\"\(name)\","
      + "\"domain\":\"\(domain)\""
    return Array(text.utf8)
  }

  private static func agents() -> [[UInt8]] {
    var agents: [[UInt8]] = []
    for version in (126...143).reversed() {
      for system in Names.systems {
        let raw =
          "Mozilla/5.0 (\(system.token)) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/\(version).0.0.0 \(system.mobile)Safari/537.36"
        let text =
          "\"userAgent\":{\"rawUserAgent\":\"\(raw)\",\"os\":\"\(system.name)\","
          + "\"browser\":\"CHROME\"},\"device\":\"\(system.device)\""
        agents.append(Array(text.utf8))
      }
    }
    let service = "\"userAgent\":{\"rawUserAgent\":\"acme-sync/4.2 (linux)\",\"os\":\"Unknown\","
    agents.append(Array((service + "\"browser\":\"UNKNOWN\"},\"device\":\"Unknown\"").utf8))
    return agents
  }
}
