/// The files that a report is written to, each in the format that its name ends with.
struct ReportFiles {
  private let files: [(file: WholeFile, format: ReportFormat, name: String)]

  /// Checks that all can be written, before anything is done for them.
  ///
  /// - Throws: `Failure` where one cannot.
  init(_ names: [String]) throws {
    files = try names.compactMap { name in
      try ReportFormat(file: name).map { (try WholeFile(name), $0, name) }
    }
  }

  /// Writes the report into each, and says so.
  func write(_ report: Report) throws {
    for (file, format, name) in files {
      try file.write(format.bytes(of: report))
      Output.message("Wrote \(name).")
    }
  }
}
