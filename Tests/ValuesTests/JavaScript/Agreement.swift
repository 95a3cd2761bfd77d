import Values

/// One rule as JavaScript has it and as we have it.
///
/// A case travels as JSON that needs none of the code under test: texts as lists of UTF-16 units,
/// numbers as the two halves of their bits. The result is JSON of the same kind.
struct Agreement: Sendable {
  /// What is compared.
  let name: String
  /// The body of a JavaScript function of the case `c`, which returns the result.
  let javaScript: String
  /// Our result for the same case.
  let swift: @Sendable (Case) -> Value

  /// What a rule is applied to; each rule takes what it needs.
  struct Case: Sendable {
    var a: [UInt16] = []
    var b: [UInt16] = []
    var c: [UInt16] = []
    var i = 0
    var j = 0
    var number = 0.0
  }
}

extension Agreement.Case {
  var first: Text { Text(utf16: a) }
  var second: Text { Text(utf16: b) }
  var third: Text { Text(utf16: c) }

  /// The case as the script reads it.
  var json: Value {
    [
      "a": .units(a), "b": .units(b), "c": .units(c), "i": .number(Double(i)),
      "j": .number(Double(j)), "number": .bits(number),
    ]
  }
}

extension Value {
  /// A text as its units.
  static func units(_ units: [UInt16]) -> Value { .list(units.map { .number(Double($0)) }) }

  /// A text as its units.
  static func units(_ text: Text) -> Value { .units(text.utf16) }

  /// A number as the two halves of its bits, all that is not a number alike.
  static func bits(_ number: Double?) -> Value {
    guard let number, !number.isNaN else { return "NaN" }
    let bits = number.bitPattern
    return [.number(Double(bits >> 32)), .number(Double(bits & 0xFFFF_FFFF))]
  }

  /// A place, or JavaScript's -1.
  static func place(_ place: Int?) -> Value { .number(Double(place ?? -1)) }
}

extension Agreement {
  /// The script that answers a list of cases for each rule of the table.
  static func script(_ table: [Agreement]) -> String {
    let rules = table.map { "  \"\($0.name)\": (c) => { \($0.javaScript) }," }
    return """
      const fs = require('fs');
      const view = new DataView(new ArrayBuffer(8));
      const text = (units) => units.map((unit) => String.fromCharCode(unit)).join('');
      const units = (text) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      const number = ([high, low]) => {
        view.setUint32(0, high);
        view.setUint32(4, low);
        return view.getFloat64(0);
      };
      const bits = (number) => {
        if (Number.isNaN(number)) return 'NaN';
        view.setFloat64(0, number);
        return [view.getUint32(0), view.getUint32(4)];
      };
      const canonical = (v) =>
        v === null || typeof v !== 'object' ? JSON.stringify(v)
        : Array.isArray(v) ? `[${v.map(canonical).join()}]`
        : `{${Object.keys(v).sort().map((k) => JSON.stringify(k) + ':' + canonical(v[k])).join()}}`;
      const parsed = (source, write) => {
        let value;
        try { value = JSON.parse(source); } catch { return 'not JSON'; }
        return units(write(value));
      };
      const rules = {
      \(rules.joined(separator: "\n"))
      };
      const input = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
      const output = {};
      for (const name in input) {
        output[name] = input[name].map((c) => {
          c.a = text(c.a); c.b = text(c.b); c.c = text(c.c);
          c.number = c.number === 'NaN' ? NaN : number(c.number);
          return rules[name](c);
        });
      }
      fs.writeFileSync(process.argv[3], JSON.stringify(output));
      """
  }
}
