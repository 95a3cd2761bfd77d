internal import Values

/// The lines of a suite's file, each a JSON object.
///
/// The last member of a line may be of any size and is not read: it is handed over byte for byte.
struct SuiteLines {
  /// A line.
  struct Line {
    let file: String
    let number: Int
    private let members: Object
    /// The bytes of the member that is not read.
    let content: [UInt8]

    init(_ bytes: ArraySlice<UInt8>, file: String, number: Int) throws(SuiteError) {
      self.file = file
      self.number = number
      var head = Array(bytes)
      var content: [UInt8] = []
      if let mark = SuiteLines.mark(in: bytes) {
        head = bytes[..<mark.lowerBound] + [UInt8(ascii: "}")]
        guard bytes.last == UInt8(ascii: "}"), mark.upperBound < bytes.endIndex - 1 else {
          throw .damaged(file, line: number, "the line is cut short")
        }
        content = Array(bytes[mark.upperBound..<(bytes.endIndex - 1)])
      }
      guard case .object(let members)? = try? JSON.parse(head) else {
        throw .damaged(file, line: number, "the line is no JSON object")
      }
      self.members = members
      self.content = content
    }
  }

  /// What stands before the member that is not read.
  ///
  /// Quotes inside texts are escaped, so that it stands nowhere else.
  static let mark = Array(#","data":"#.utf8)

  let file: String
  private var rest: ArraySlice<UInt8>
  private var number = 0

  /// Begins with the first line.
  ///
  /// - Throws: `SuiteError` where the last line does not end.
  init(_ file: SuiteFile) throws(SuiteError) {
    self.file = file.name
    rest = file.bytes[...]
    guard file.bytes.isEmpty || file.bytes.last == 0x0A else {
      let lines = file.bytes.count { $0 == 0x0A } + 1
      throw .damaged(file.name, line: lines, "the line is cut short")
    }
  }

  /// The next line, nil behind the last.
  mutating func next() throws(SuiteError) -> Line? {
    guard let end = rest.firstIndex(of: 0x0A) else { return nil }
    number += 1
    defer { rest = rest[(end + 1)...] }
    return try Line(rest[..<end], file: file, number: number)
  }

  func error(_ reason: String) -> SuiteError { .damaged(file, reason) }

  private static func mark(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    var place = bytes.startIndex
    while let found = bytes[place...].firstIndex(of: mark[0]) {
      if bytes[found...].starts(with: mark) { return found..<(found + mark.count) }
      place = found + 1
    }
    return nil
  }
}

extension SuiteLines.Line {
  func error(_ field: String, _ reason: String) -> SuiteError {
    .damaged(file, line: number, field: field, reason)
  }

  func has(_ key: Text) -> Bool { members[key] != nil }

  func text(_ key: Text) throws(SuiteError) -> Text {
    guard case .text(let text)? = members[key] else {
      throw error(key.description, "it must be a text")
    }
    return text
  }

  func integer(_ key: Text) throws(SuiteError) -> Int {
    guard case .number(let number)? = members[key], let integer = Int(exactly: number),
      integer >= 0
    else { throw error(key.description, "it must be a whole number from 0") }
    return integer
  }
}
