internal import Foundation

/// What a reader has to know of the machine of a run.
enum Machine {
  /// A line of Markdown.
  static var line: String {
    let memory = ProcessInfo.processInfo.physicalMemory >> 30
    return "Machine: \(processor), \(ProcessInfo.processInfo.activeProcessorCount) cores, "
      + "\(memory) GiB; \(ProcessInfo.processInfo.operatingSystemVersionString); "
      + "load before the run \(load); \(Date().formatted(.iso8601))"
  }

  private static var processor: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "unknown processor"
  }

  private static var load: String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.map(String.init) ?? "unknown"
  }
}
