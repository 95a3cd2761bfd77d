public import Values

/// An effect, or a place in one, that could not be compared because something is unknown.
public struct NotCompared: Hashable, Sendable {
  /// The path of the step, in the old version where the new one did not come there.
  public let step: Text
  /// The place in the request, such as `Message/Thread Timestamp`; empty for the whole effect.
  public let path: Text

  /// Makes a place.
  public init(step: Text, path: Text) {
    self.step = step
    self.path = path
  }

  /// The place as JSON lines show it.
  public var value: Value { ["step": .text(step), "path": .text(path)] }
}
