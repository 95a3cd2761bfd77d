import Values

extension Agreement {
  /// Every rule that is checked against JavaScript.
  static let table = texts + search + parts + numbers + json + dates

  private static let texts = [
    Agreement(name: "length", javaScript: "return c.a.length") {
      .number(Double($0.first.utf16Count))
    },
    Agreement(name: "substring", javaScript: "return units(c.a.substring(c.i, c.j))") {
      .units($0.first.utf16Slice($0.i..<$0.j))
    },
    Agreement(name: "order", javaScript: "return [c.a < c.b, c.b < c.a, c.a === c.b]") {
      [
        .boolean($0.first < $0.second), .boolean($0.second < $0.first),
        .boolean($0.first == $0.second),
      ]
    },
    Agreement(name: "toLowerCase", javaScript: "return units(c.a.toLowerCase())") {
      .units($0.first.lowercased())
    },
    Agreement(name: "toUpperCase", javaScript: "return units(c.a.toUpperCase())") {
      .units($0.first.uppercased())
    },
    Agreement(name: "trim", javaScript: "return units(c.a.trim())") {
      .units($0.first.trimmed())
    },
  ]

  private static let search = [
    Agreement(name: "indexOf", javaScript: "return c.a.indexOf(c.b, c.i)") {
      .place($0.first.utf16Index(of: $0.second, from: $0.i))
    },
    Agreement(name: "lastIndexOf", javaScript: "return c.a.lastIndexOf(c.b, c.i)") {
      .place($0.first.utf16LastIndex(of: $0.second, from: $0.i))
    },
    Agreement(name: "lastIndexOf, whole", javaScript: "return c.a.lastIndexOf(c.b)") {
      .place($0.first.utf16LastIndex(of: $0.second))
    },
    Agreement(
      name: "includes",
      javaScript: "return [c.a.includes(c.b), c.a.startsWith(c.b), c.a.endsWith(c.b)]"
    ) {
      [
        .boolean($0.first.contains($0.second)), .boolean($0.first.hasPrefix($0.second)),
        .boolean($0.first.hasSuffix($0.second)),
      ]
    },
  ]

  private static let parts = [
    Agreement(name: "split", javaScript: "return c.a.split(c.b).map(units)") {
      .list($0.first.split(separator: $0.second).map { .units($0) })
    },
    Agreement(name: "replace", javaScript: "return units(c.a.replace(c.b, () => c.c))") {
      .units($0.first.replacing($0.second, with: $0.third, all: false))
    },
    Agreement(name: "replaceAll", javaScript: "return units(c.a.replaceAll(c.b, () => c.c))") {
      .units($0.first.replacing($0.second, with: $0.third, all: true))
    },
    Agreement(name: "plus", javaScript: "return units(c.a + c.b + c.c)") {
      var text = $0.first + $0.second
      text.append($0.third)
      return .units(text)
    },
    Agreement(name: "join", javaScript: "return units([c.a, c.b, c.a].join(c.c))") {
      .units(.joined([$0.first, $0.second, $0.first], separator: $0.third))
    },
  ]

  private static let numbers = [
    Agreement(name: "String(number)", javaScript: "return units(String(c.number))") {
      .units(Text($0.number))
    },
    Agreement(name: "Number(text)", javaScript: "return bits(Number(c.a))") {
      .bits(Double(javaScript: $0.first))
    },
    Agreement(name: "parseFloat", javaScript: "return bits(parseFloat(c.a))") {
      .bits(Double.parsingPrefix(of: $0.first))
    },
  ]

  private static let json = [
    Agreement(name: "JSON.parse", javaScript: "return parsed(c.a, JSON.stringify)") {
      (try? JSON.parse($0.first)).map { .units(JSON.text($0)) } ?? "not JSON"
    },
    Agreement(name: "sorted JSON", javaScript: "return parsed(c.a, canonical)") {
      (try? JSON.parse($0.first)).map { .units(Text(wtf8: CanonicalJSON.serialize($0))) }
        ?? "not JSON"
    },
    Agreement(
      name: "JSON.stringify, indented",
      javaScript: "return parsed(c.a, (value) => JSON.stringify(value, null, c.i))"
    ) { example in
      (try? JSON.parse(example.first)).map { value in
        .units(Text(wtf8: JSON.serialize(value, indentedBy: example.i)))
      } ?? "not JSON"
    },
    Agreement(name: "JSON.stringify of text", javaScript: "return units(JSON.stringify(c.a))") {
      .units(JSON.text(.text($0.first)))
    },
  ]

  private static let dates = [
    Agreement(name: "toISOString", javaScript: "return units(new Date(c.number).toISOString())") {
      .units(Instant(milliseconds: Int64($0.number)).iso8601)
    },
    Agreement(
      name: "UTC fields",
      javaScript: """
        const d = new Date(c.number);
        return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(),
          d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), d.getUTCDay()];
        """
    ) {
      let civil = Instant(milliseconds: Int64($0.number)).components()
      let fields = [
        civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second,
        civil.millisecond, civil.weekday,
      ]
      return .list(fields.map { .number(Double($0)) })
    },
    // Node takes 31 for a day of every month; the standard does not.
    Agreement(
      name: "Date.parse",
      javaScript: """
        const [, year, month, day] = c.a.match(/^([+-]?\\d+)-(\\d\\d)-(\\d\\d)/) ?? [];
        const date = new Date(0);
        if (day) date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
        return bits(day && date.getUTCDate() !== Number(day) ? NaN : Date.parse(c.a));
        """
    ) {
      .bits(Instant(iso8601: $0.first).map { Double($0.milliseconds) })
    },
  ]
}
