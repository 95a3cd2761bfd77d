internal import Values

/// An element while it is read.
struct XMLElement {
  let name: Text
  var attributes = Object()
  /// The text in it, that between its elements too.
  var text: [UInt8] = []
  /// Whether some of the text stands in a CDATA section, so that it counts though it be blank.
  var holdsSection = false
  private var names: [Text] = []
  private var lists: [[Value]] = []
  private var places: [Text: Int] = [:]

  /// The key of an element's text, where it is no text alone.
  static let textKey: Text = "_"
  /// The key of an element's attributes.
  static let attributesKey: Text = "$"

  init(name: Text) {
    self.name = name
  }

  /// Adds an element within.
  mutating func append(_ value: Value, named name: Text) {
    if let place = places[name] {
      lists[place].append(value)
    } else {
      places[name] = names.count
      names.append(name)
      lists.append([value])
    }
  }

  /// The name as messages have it.
  var shortName: Text { name.utf16Slice(0..<60) }

  /// The text alone, where there is nothing else; or an object of text, attributes and a list for each
  /// name of an element within.
  var value: Value {
    let content = Text(wtf8: text)
    if attributes.isEmpty, names.isEmpty { return .text(content) }
    var object = Object()
    if holdsSection || !content.trimmed().isEmpty { object[Self.textKey] = .text(content) }
    if !attributes.isEmpty { object[Self.attributesKey] = .object(attributes) }
    for (name, list) in zip(names, lists) { object[name] = .list(list) }
    return .object(object)
  }
}
