public import EventStore
internal import Values

/// The projection of what is registered: versions by flow, and which of them is active.
///
/// Row keys are `v`, flow id, NUL, version (u32, most significant byte first) for versions, and `a`,
/// flow id for the number of the active version.
public struct FlowsView: Projection {
  /// The view's name.
  public let name = "flows"
  /// The version of the fold.
  public let version: UInt32 = 1

  /// Makes the projection.
  public init() {}

  /// Whether events of that type concern the view.
  public func reads(type: [UInt8]) -> Bool { FlowEventType(type) != nil }

  /// Takes a registration, activation or deactivation into the view.
  public func apply(_ event: Event, to view: ViewWriter) throws {
    guard let type = FlowEventType(Array(event.type.utf8)) else { return }
    let value = try JSON.parse(event.data)
    guard case .object(let object) = value, case .text(let flow)? = object["flow"],
      case .number(let number)? = object["version"], let version = UInt32(exactly: number)
    else { throw FlowRegistryError.malformedEvent(position: event.position) }
    switch type {
    case .registered:
      let row = Self.row(event.position.rawValue, event.data)
      view.put(Self.versionKey(flow.bytes, version), row)
    case .activated:
      view.put(Self.activeKey(flow.bytes), Self.bytes(version))
    case .deactivated:
      view.remove(Self.activeKey(flow.bytes))
    }
  }

  static func versionKey(_ flow: [UInt8], _ version: UInt32) -> [UInt8] {
    [UInt8(ascii: "v")] + flow + [0] + bytes(version)
  }

  static func versionsPrefix(_ flow: [UInt8]) -> [UInt8] { [UInt8(ascii: "v")] + flow + [0] }

  static func activeKey(_ flow: [UInt8]) -> [UInt8] { [UInt8(ascii: "a")] + flow }

  static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func row(_ position: UInt64, _ data: [UInt8]) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: position >> ($0 * 8)) } + data
  }

  /// The flow a version's row describes.
  static func flow(of row: [UInt8]) -> RegisteredFlow? {
    guard row.count > 8, let value = try? JSON.parse(Array(row.dropFirst(8))) else { return nil }
    let position = row.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return RegisteredFlow(value, position: position)
  }
}

/// The log's own events about flows.
enum FlowEventType: String {
  case registered = "flow.registered"
  case activated = "flow.activated"
  case deactivated = "flow.deactivated"

  init?(_ bytes: [UInt8]) {
    self.init(rawValue: String(decoding: bytes, as: UTF8.self))
  }
}
