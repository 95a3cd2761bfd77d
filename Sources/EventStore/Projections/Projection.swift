/// A fold of the log into a view that can be looked up.
///
/// Projections run in the transaction that appends, so a view can neither skip an event nor lag. A
/// fold reads nothing but the event and its own view: no clock, no randomness.
public protocol Projection: Sendable {
  /// The view's name; it never changes.
  var name: String { get }

  /// Raised whenever the same events would give another view; the store then asks for a rebuild.
  var version: UInt32 { get }

  /// Whether events of that type concern the view.
  func reads(type: [UInt8]) -> Bool

  /// Whether an event of a type that it reads may change the view, by the event's bytes.
  ///
  /// Asked before the append, on any thread: what is told by the bytes alone, cheaply, keeps events
  /// from being looked at under the writer's lock. True where in doubt.
  func concerns(type: [UInt8], data: UnsafeRawBufferPointer) -> Bool

  /// Takes one event into the view.
  ///
  /// What is thrown marks the view as degraded at the event's position; nothing the call changed is
  /// kept, and the append goes on.
  func apply(_ event: Event, to view: ViewWriter) throws
}

extension Projection {
  /// True: every event of the types that the projection reads.
  public func concerns(type: [UInt8], data: UnsafeRawBufferPointer) -> Bool { true }
}
