extension JSON {
  /// The value as `JSON.stringify(value, null, spaces)` writes it: each member and item on a line of its own.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - spaces: How far each level stands in, 0 to 10; others count as the nearest of these, and 0 is the compact form.
  /// - Returns: UTF-8.
  /// - Complexity: O(*n*) in the size of what is written.
  public static func serialize(_ value: Value, indentedBy spaces: Int) -> [UInt8] {
    let compact = serialize(value)
    let width = min(10, max(0, spaces))
    guard width > 0 else { return compact }
    var indented: [UInt8] = []
    var depth = 0
    var isText = false
    var isEscaped = false
    func breakLine() {
      indented.append(UInt8(ascii: "\n"))
      indented.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * width))
    }
    for (place, byte) in compact.enumerated() {
      if isText {
        indented.append(byte)
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      let opened = place > 0 ? compact[place - 1] : 0
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth > 0, opened == UInt8(ascii: "[") { breakLine() }
        indented.append(byte)
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if opened != UInt8(ascii: "{"), opened != UInt8(ascii: "[") { breakLine() }
        indented.append(byte)
      case UInt8(ascii: ","):
        indented.append(byte)
        breakLine()
      case UInt8(ascii: ":"):
        indented.append(byte)
        indented.append(UInt8(ascii: " "))
      default:
        if opened == UInt8(ascii: "{") || opened == UInt8(ascii: "[") { breakLine() }
        indented.append(byte)
        isText = byte == UInt8(ascii: "\"")
      }
    }
    return indented
  }
}
