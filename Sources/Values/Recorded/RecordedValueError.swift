/// Why a recorded value does not read back.
///
/// The description never repeats the content.
public enum RecordedValueError: Error, Hashable {
  /// The bytes are not JSON; the recording is damaged.
  case notJSON(JSONError)
  /// A member whose key begins with `$` is none that this version writes.
  case unknownTag(Text)
  /// What stands under a tag is not what the tag needs.
  case malformed(tag: Text)
}

extension RecordedValueError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notJSON(let error):
      "the value is \(error)"
    case .unknownTag(let tag):
      "the value has a \(tag), which this version does not know; read it with the "
        + "version that wrote it"
    case .malformed(let tag):
      "the value has a malformed \(tag)"
    }
  }
}
