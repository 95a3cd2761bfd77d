/// The words of JSON, and those of its recorded form, in bytes.
enum JSONWord {
  static let null = Array("null".utf8)
  static let `true` = Array("true".utf8)
  static let `false` = Array("false".utf8)
  /// What a recording puts before an object that looks like a tag.
  static let wrapper = Array("{\"$object\":".utf8)
}
