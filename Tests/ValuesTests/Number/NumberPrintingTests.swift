import TestSupport
import Testing
import Values

@Suite struct NumberPrintingTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (100, "100"), (1.5, "1.5"), (-0.25, "-0.25"),
      (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e21, "1.5e+21"),
      (123_456_789_012_345_683_968, "123456789012345680000"), (1e-6, "0.000001"), (1e-7, "1e-7"),
      (1.5e-7, "1.5e-7"), (0.000_001_234, "0.000001234"), (.leastNonzeroMagnitude, "5e-324"),
      (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
      (.leastNormalMagnitude, "2.2250738585072014e-308"),
      (9_007_199_254_740_992, "9007199254740992"), (9_007_199_254_740_994, "9007199254740994"),
      (0.1 + 0.2, "0.30000000000000004"), (.nan, "NaN"), (.infinity, "Infinity"),
      (-.infinity, "-Infinity"), (4.35, "4.35"), (1e23, "1e+23"), (12345.678, "12345.678"),
    ] as [(Double, Text)]
  )
  func `a number prints as ECMAScript prints it`(number: Double, text: Text) {
    #expect(Text(number) == text)
  }

  @Test func `what is printed reads back`() {
    var generator = ValueGenerator(SplitMix64(forTest: "number printing"))
    for _ in 0..<20_000 {
      let number = generator.finiteNumber()
      #expect(Double(javaScript: Text(number)) == number)
      #expect(Double.parsingPrefix(of: Text(number) + "x") == number)
    }
  }
}
