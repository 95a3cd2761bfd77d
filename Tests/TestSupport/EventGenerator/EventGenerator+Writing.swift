extension EventGenerator {
  /// Appends one entry, its members in the order of Okta's API.
  mutating func writeEvent(_ draft: Draft, to line: inout [UInt8]) {
    let address = random.pickPopular(population.addresses)
    let place = random.pickPopular(population.places)
    let user = random.pickPopular(population.users)
    var request: [UInt8] = []
    request.append(id: "a", count: 26, drawing: &random)
    line.append("{\"actor\":{")
    writeActor(draft.shape.actor, user: user, address: address, to: &line)
    line.append(",\"detailEntry\":null},\"client\":{")
    writeClient(draft, address: address, place: place, to: &line)
    line.append("},\"device\":")
    writeDevice(draft.shape, to: &line)
    writeAuthentication(draft, to: &line)
    line.append(",\"displayMessage\":\"")
    line.append(draft.shape.message)
    line.append("\",\"eventType\":\"")
    line.append(draft.shape.type)
    line.append("\",\"outcome\":")
    writeOutcome(draft, to: &line)
    line.append(",\"published\":\"")
    appendTime(to: &line, separator: UInt8(ascii: draft.oddity == .published ? " " : "T"))
    line.append("\",\"securityContext\":{")
    writeSecurity(to: &line)
    line.append("},\"severity\":\"")
    line.append(draft.oddity == .severity ? "HIGH" : draft.fails ? "WARN" : draft.shape.severity)
    line.append("\",\"debugContext\":{\"debugData\":")
    writeDebug(draft, request: request, to: &line)
    line.append("},\"legacyEventType\":")
    line.append(optional: draft.shape.legacy)
    writeTransaction(draft.shape, request: request, to: &line)
    if draft.oddity != .noUUID {
      line.append(",\"uuid\":\"")
      line.append(uuidDrawing: &random)
      line.append("\"")
    }
    line.append(draft.oddity == .versionNumber ? ",\"version\":0" : ",\"version\":\"0\"")
    if draft.oddity == .member { line.append(",\"tenantCell\":{\"name\":\"example-7\"}") }
    writeChain(draft, address: address, place: place, to: &line)
    line.append(",\"target\":")
    writeTargets(draft.shape, user: user, to: &line)
    line.append("}")
  }

  private mutating func writeActor(
    _ actor: EventShape.Actor,
    user: [UInt8],
    address: [UInt8],
    to line: inout [UInt8]
  ) {
    switch actor {
    case .user: line.append(contentsOf: user)
    case .app: line.append(contentsOf: random.pickPopular(population.apps))
    case .system:
      line.append("\"id\":\"okta.system.example\",\"type\":\"SystemPrincipal\",")
      line.append("\"alternateId\":\"system@okta.example.com\",\"displayName\":\"Okta System\"")
    case .address:
      line.append("\"id\":\"")
      line.append(contentsOf: address)
      line.append("\",\"type\":\"IP address\",\"alternateId\":\"unknown\",\"displayName\":\"")
      line.append(contentsOf: address)
      line.append("\"")
    }
  }

  private mutating func writeClient(
    _ draft: Draft,
    address: [UInt8],
    place: [UInt8],
    to line: inout [UInt8]
  ) {
    line.append(contentsOf: random.pickPopular(population.agents))
    line.append(",\"zone\":")
    line.append(draft.oddity == .zoneText ? "\"null\"" : random.pick(zones))
    line.append(",\"id\":null,\"ipAddress\":\"")
    line.append(contentsOf: address)
    line.append("\",\"geographicalContext\":")
    if draft.oddity == .postalNumber {
      line.append("{\"city\":\"Graz\",\"state\":null,\"country\":\"Austria\",\"postalCode\":8010,")
      line.append("\"geolocation\":{\"lat\":47.07,\"lon\":15.44}}")
    } else {
      line.append(contentsOf: place)
    }
  }

  private mutating func writeDevice(_ shape: EventShape, to line: inout [UInt8]) {
    guard shape.session, random.once(in: 4) else {
      line.append("null")
      return
    }
    line.append("{")
    line.append(contentsOf: random.pickPopular(population.devices))
    line.append(",\"os_platform\":")
    line.append(random.pick(platforms))
    line.append(",\"os_version\":\"")
    line.append(number: 10 + random.below(17))
    line.append(".")
    line.append(number: random.below(7))
    line.append(random.once(in: 3) ? "\",\"managed\":false" : "\",\"managed\":true")
    line.append(",\"registered\":true,\"device_integrator\":null,\"disk_encryption_type\":")
    line.append("\"ALL_INTERNAL_VOLUMES\",\"screen_lock_type\":\"BIOMETRIC\",\"jailbreak\":null,")
    line.append("\"secure_hardware_present\":true}")
  }

  private mutating func writeAuthentication(_ draft: Draft, to line: inout [UInt8]) {
    line.append(",\"authenticationContext\":{\"authenticationProvider\":null,")
    line.append("\"credentialProvider\":null,\"credentialType\":null,\"issuer\":null,")
    line.append("\"interface\":null,\"authenticationStep\":0,\"rootSessionId\":")
    guard draft.shape.session, !draft.fails else {
      line.append("null,\"externalSessionId\":\"unknown\"}")
      return
    }
    line.append("\"idx")
    line.append(id: "", count: 22, drawing: &random)
    line.append("\",\"externalSessionId\":\"idx")
    line.append(id: "", count: 22, drawing: &random)
    line.append("\"}")
  }

  private mutating func writeOutcome(_ draft: Draft, to line: inout [UInt8]) {
    if draft.oddity == .noOutcome {
      line.append("null")
      return
    }
    line.append("{\"result\":\"")
    line.append(draft.fails ? draft.shape.failure : random.pick(draft.shape.results))
    line.append("\",\"reason\":")
    line.append(optional: draft.fails ? random.pick(draft.shape.failures) : nil)
    line.append("}")
  }

  private mutating func writeSecurity(to line: inout [UInt8]) {
    line.append(contentsOf: random.pickPopular(population.networks))
    line.append(random.once(in: 15) ? ",\"isProxy\":true" : ",\"isProxy\":false")
    line.append(",\"userBehaviors\":[]")
  }

  private mutating func writeTransaction(
    _ shape: EventShape,
    request: [UInt8],
    to line: inout [UInt8]
  ) {
    switch shape.transaction {
    case .web: line.append(",\"transaction\":{\"type\":\"WEB\",\"id\":\"")
    case .job: line.append(",\"transaction\":{\"type\":\"JOB\",\"id\":\"")
    case .workflow: line.append(",\"transaction\":{\"type\":\"WORKFLOW\",\"id\":\"")
    }
    line.append(contentsOf: request)
    guard !shape.session || random.once(in: 9) else {
      line.append("\",\"detail\":{}}")
      return
    }
    line.append("\",\"detail\":{\"requestApiTokenId\":\"00T")
    line.append(number: 100_000 + random.popular(below: 60))
    line.append("example\"}}")
  }

  private mutating func writeChain(
    _ draft: Draft,
    address: [UInt8],
    place: [UInt8],
    to line: inout [UInt8]
  ) {
    line.append(",\"request\":{\"ipChain\":[{\"ip\":\"")
    if draft.oddity == .addressText {
      line.append("null")
    } else {
      line.append(contentsOf: address)
    }
    line.append("\",\"geographicalContext\":")
    line.append(contentsOf: place)
    let isSix = address.contains(UInt8(ascii: ":"))
    line.append(isSix ? ",\"version\":\"V6\"" : ",\"version\":\"V4\"")
    line.append(",\"source\":null}")
    if random.once(in: 5) {
      line.append(",{\"ip\":\"")
      line.append(contentsOf: random.pickPopular(population.addresses))
      line.append("\",\"geographicalContext\":null,\"version\":\"V4\",\"source\":null}")
    }
    line.append("]}")
  }
}

private let zones: [StaticString] = ["null", "null", "\"OffNetworkZone\"", "\"LegacyIpZone\""]
private let platforms: [StaticString] = ["\"WINDOWS\"", "\"OSX\"", "\"ANDROID\"", "\"IOS\""]

extension SplitMix64 {
  /// One of `choices`, the first ones far more often.
  mutating func pickPopular(_ choices: [[UInt8]]) -> [UInt8] {
    choices[popular(below: choices.count)]
  }
}

extension [UInt8] {
  /// Appends a JSON text, or null.
  mutating func append(optional text: StaticString?) {
    guard let text else {
      append("null")
      return
    }
    append("\"")
    append(text)
    append("\"")
  }
}
