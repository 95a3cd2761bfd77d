internal import Values

/// What of an event's data can be seen without reading it.
///
/// Quotes inside texts are escaped, so that a member's name between quotes is a member's name.
struct EventMarks {
  private static let cardMark = Array("\"card\":\"".utf8)
  private static let requestsMark = Array("\"requests\":[".utf8)
  private static let referenceMark = Array("\"$ref\":{\"".utf8)
  private static let hashMark = Array("\"sha256\":\"".utf8)

  private(set) var card: Text?
  private(set) var hasRequests = false
  /// The hashes of the values that stand elsewhere, as hexadecimal digits.
  private(set) var references: [Text] = []

  init(_ data: [UInt8]) {
    var place = 0
    var isReference = false
    while place < data.count {
      guard data[place] == UInt8(ascii: "\""), place + 1 < data.count else {
        place += 1
        continue
      }
      switch data[place + 1] {
      case UInt8(ascii: "c") where card == nil && data.has(Self.cardMark, at: place):
        card = data.text(from: place + Self.cardMark.count)
      case UInt8(ascii: "r") where data.has(Self.requestsMark, at: place): hasRequests = true
      case UInt8(ascii: "$") where data.has(Self.referenceMark, at: place): isReference = true
      case UInt8(ascii: "s") where isReference && data.has(Self.hashMark, at: place):
        references.append(data.text(from: place + Self.hashMark.count))
        isReference = false
      default: break
      }
      place += 1
    }
  }
}

extension [UInt8] {
  fileprivate func has(_ mark: [UInt8], at place: Int) -> Bool {
    guard count - place >= mark.count else { return false }
    for offset in mark.indices where self[place + offset] != mark[offset] { return false }
    return true
  }

  /// The text up to the next quote; ids and digits have no escapes.
  fileprivate func text(from place: Int) -> Text {
    let end = self[place...].firstIndex(of: UInt8(ascii: "\"")) ?? count
    return Text(wtf8: Array(self[place..<end]))
  }
}
