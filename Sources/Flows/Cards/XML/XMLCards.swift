internal import Values

/// The cards that read and write XML, of which Okta's pages tell the names alone; what stands where is
/// that of the package `xml2js` of npm.
enum XMLCards {
  static let all: [FunctionCard] = [
    FunctionCard("xml:parse", pure: parse), FunctionCard("xml:build", pure: build),
  ]

  /// *Parse*: the object that a document stands for.
  private static func parse(_ call: inout CardCall) throws(CardError) {
    let text = call.text(at: 0, ["xml", "string", "text"]) ?? .empty
    guard !text.trimmed().isEmpty else {
      throw CardError(kind: .parseError, message: "There is no text to parse.")
    }
    call.setResult(["output", "object"], to: try XMLReader.read(text))
  }

  /// *Build*: the document of an object.
  private static func build(_ call: inout CardCall) throws(CardError) {
    let object = try call.object(at: 0, ["object", "data", "json"])
    call.setResult(["output", "xml", "string"], to: .text(try XMLWriter.write(object)))
  }
}
