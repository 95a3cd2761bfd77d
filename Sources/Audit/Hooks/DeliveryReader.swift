/// Reads deliveries that came in over the network, before they are added to what a commit takes.
///
/// For one thread at a time.
public final class DeliveryReader {
  private let reader = InboundReader()

  /// A delivery, and the events that it brings.
  public struct Read: Sendable {
    let delivery: Delivery
    let events: [InboundEvent]
  }

  /// Makes a reader.
  public init() {}

  /// Reads a delivery.
  ///
  /// - Throws: `DeliveryIntake.Unreadable`.
  /// - Complexity: O(bytes).
  public func read(_ delivery: Delivery) throws -> Read {
    let format = delivery.hook.hook.format
    let events = try delivery.body.withUnsafeBytes { try self.events(in: $0, format) }
    return Read(delivery: delivery, events: events)
  }

  /// The events of a document.
  func events(
    in document: UnsafeRawBufferPointer,
    _ format: InboundFormat?
  ) throws(DeliveryIntake.Unreadable) -> [InboundEvent] {
    let events: [InboundEvent]
    do throws(JSONReadError) {
      events = try reader.read(document, as: format)
    } catch {
      let isCrowded = error.kind == .tooManyEvents
      throw .init(description: isCrowded ? error.reason : "it is not JSON: \(error)")
    }
    var scanner = JSONScanner(document)
    scanner.skipWhitespace()
    guard scanner.peek() == UInt8(ascii: "{") else {
      throw .init(description: "it is JSON, but no object")
    }
    return events
  }
}
