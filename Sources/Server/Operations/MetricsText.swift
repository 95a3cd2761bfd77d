/// Writes what is measured as Prometheus reads it.
///
/// Source: Prometheus, "Exposition formats", text format 0.0.4.
struct MetricsText {
  private(set) var bytes: [UInt8] = []

  /// The kinds of what is measured.
  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  /// Begins a metric; its values follow.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    write("# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n")
  }

  /// Writes a value of the metric.
  mutating func value(_ name: String, _ labels: [(String, String)] = [], _ number: String) {
    let inner = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    write(inner.isEmpty ? "\(name) \(number)\n" : "\(name){\(inner)} \(number)\n")
  }

  /// Writes a metric of one value.
  mutating func single(_ name: String, _ kind: Kind, _ help: String, _ number: some BinaryInteger) {
    begin(name, kind, help)
    value(name, [], "\(number)")
  }

  /// Writes durations as a histogram in seconds.
  mutating func histogram(_ name: String, _ help: String, _ durations: ServerMeter.Durations) {
    begin(name, .histogram, help)
    var sum: UInt64 = 0
    for (place, count) in durations.counts.enumerated() {
      sum += count
      let bounds = ServerMeter.Durations.bounds
      let bound = place < bounds.count ? Self.seconds(bounds[place]) : "+Inf"
      value(name + "_bucket", [("le", bound)], "\(sum)")
    }
    value(name + "_sum", [], Self.seconds(durations.sum))
    value(name + "_count", [], "\(sum)")
  }

  private static func seconds(_ microseconds: Int64) -> String {
    "\(Double(microseconds) / 1_000_000)"
  }

  private static func escaped(_ label: String) -> String {
    label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private mutating func write(_ text: String) { bytes += Array(text.utf8) }
}
