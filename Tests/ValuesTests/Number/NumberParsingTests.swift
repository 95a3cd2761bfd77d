import Testing
import Values

@Suite struct NumberParsingTests {
  @Test(
    arguments: [
      ("", 0), ("  \u{feff}\n", 0), ("12", 12), (" 12 ", 12), ("+1.5", 1.5), ("-1.5e3", -1500),
      ("5.", 5), (".5", 0.5), ("1E+2", 100), ("0x1F", 31), ("0XfF", 255), ("0o17", 15),
      ("0B101", 5),
      ("Infinity", .infinity), ("+Infinity", .infinity), ("-Infinity", -.infinity),
      ("1e400", .infinity), ("1e-400", 0), ("0010", 10),
      ("9007199254740993", 9_007_199_254_740_992),
      ("0x20000000000001", 9_007_199_254_740_992), ("0x20000000000003", 9_007_199_254_740_996),
      ("0x200000000000010000000000001", 9_007_199_254_740_994 * 0x10_0000_0000_0000),
    ] as [(Text, Double)]
  )
  func `a whole text is a number`(text: Text, number: Double) {
    #expect(Double(javaScript: text) == number)
  }

  @Test(
    arguments: [
      "a", "12a", "1 2", "1_000", ".", "-", "+", "e5", ".e1", "1e", "1e+", "0x", "0xg", "-0x1",
      "0b2", "0o8",
      "infinity", "INFINITY", "Infinity1", "NaN", "--1", "1.2.3", "１", "1,5", "0x1.8", "1n",
    ] as [Text]
  )
  func `other texts are no number`(text: Text) {
    #expect(Double(javaScript: text) == nil)
  }

  @Test func `the sign of zero survives reading`() {
    #expect(Double(javaScript: "-0")?.sign == .minus)
    #expect(Double.parsingPrefix(of: "-0x1")?.sign == .minus)
  }

  @Test(
    arguments: [
      ("12px", 12), ("  -3.5e2rest", -350), ("1e", 1), ("1e+", 1), ("1.5.5", 1.5), (".5.", 0.5),
      ("0x10", 0), ("5.e1", 50), ("Infinityx", .infinity), ("-Infinity", -.infinity), ("1_000", 1),
      ("", nil), ("abc", nil), (".", nil), ("-", nil), ("e1", nil), ("infinity", nil),
    ] as [(Text, Double?)]
  )
  func `the start of a text is a number`(text: Text, number: Double?) {
    #expect(Double.parsingPrefix(of: text) == number)
  }

  @Test func `a binary number of any length rounds once`() {
    let long = Text("0x1" + String(repeating: "0", count: 255))
    #expect(Double(javaScript: long) == Double(sign: .plus, exponent: 1020, significand: 1))
    let tooLong = Text("0x1" + String(repeating: "0", count: 5000))
    #expect(Double(javaScript: tooLong) == .infinity)
    #expect(Double(javaScript: Text("0x" + String(repeating: "0", count: 5000) + "7")) == 7)
  }

  @Test func `a decimal of any length is read exactly`() {
    let half = Text("9007199254740993." + String(repeating: "0", count: 900) + "1")
    #expect(Double(javaScript: half) == 9_007_199_254_740_994)
    #expect(Double(javaScript: Text("1e" + String(repeating: "9", count: 500))) == .infinity)
    #expect(Double(javaScript: Text("0e" + String(repeating: "9", count: 500))) == 0)
    #expect(Double(javaScript: Text("1e-" + String(repeating: "9", count: 500))) == 0)
  }
}
