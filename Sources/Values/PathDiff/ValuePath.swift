/// A place inside a value: the keys and indices that lead to it.
public struct ValuePath: Hashable, Sendable {
  /// One step inward.
  public enum Step: Hashable, Sendable {
    /// To the member of this key.
    case key(Text)
    /// To the item at this index, from 0.
    case index(Int)
  }

  /// The steps from the outermost value; none for that value itself.
  public let steps: [Step]

  /// Makes a path of steps.
  public init(_ steps: [Step] = []) {
    self.steps = steps
  }

  /// The path that goes one step further in.
  public func appending(_ step: Step) -> ValuePath {
    ValuePath(steps + [step])
  }
}

extension ValuePath: CustomStringConvertible {
  /// The path as JavaScript would write it, such as `a.b[0]["c d"]`; empty for the value itself.
  public var description: String {
    var written = ""
    for step in steps {
      switch step {
      case .index(let index):
        written += "[\(index)]"
      case .key(let key) where Self.isPlain(key):
        written += written.isEmpty ? key.description : ".\(key)"
      case .key(let key):
        written += "[\(JSON.text(.text(key)))]"
      }
    }
    return written
  }

  /// Whether the key needs no quotes.
  private static func isPlain(_ key: Text) -> Bool {
    !key.isEmpty
      && key.bytes.allSatisfy { byte in
        byte > 0x20 && !".[]\"\\".utf8.contains(byte) && byte != 0x7F
      }
  }
}
