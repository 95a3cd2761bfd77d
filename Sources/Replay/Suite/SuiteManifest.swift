internal import Values

/// What a suite's own list of its files says.
struct SuiteManifest: Hashable {
  /// A file of the suite.
  struct Entry: Hashable {
    let file: String
    let size: Int
    let digest: Text
  }

  static let format: Text = "auditcli-suite/1"

  let entries: [Entry]

  init(_ files: [SuiteFile]) {
    entries = files.map { Entry(file: $0.name, size: $0.bytes.count, digest: $0.digest) }
  }

  /// How many of the files are recordings.
  private var recordings: Int {
    entries.count { SuiteFile(name: $0.file, bytes: []).isRecording }
  }

  /// The manifest as a file of a line for each file, so that it reads well where suites are reviewed.
  var file: SuiteFile {
    let head: Object = [
      "format": .text(Self.format), "recordings": Value(count: recordings),
      "files": Value(count: entries.count),
    ]
    let lines = entries.map { entry -> Object in
      [
        "file": .text(Text(entry.file)), "bytes": Value(count: entry.size),
        "sha256": .text(entry.digest),
      ]
    }
    var bytes: [UInt8] = []
    for line in [head] + lines { bytes += JSON.serialize(.object(line)) + [0x0A] }
    return SuiteFile(name: SuiteFile.manifest, bytes: bytes)
  }
}

// MARK: - Reading

extension SuiteManifest {
  /// Reads a manifest.
  ///
  /// - Throws: `SuiteError` with the line and member at fault.
  init(_ bytes: [UInt8]) throws(SuiteError) {
    var lines = try SuiteLines(SuiteFile(name: SuiteFile.manifest, bytes: bytes))
    guard let head = try lines.next() else { throw lines.error("it is empty") }
    let format = try head.text("format")
    guard format == Self.format else {
      throw SuiteError(
        file: SuiteFile.manifest,
        line: 1,
        field: "format",
        reason: "this program reads \(Self.format). Save the suite again with this program, or run "
          + "the program that saved it."
      )
    }
    var entries: [Entry] = []
    while let line = try lines.next() {
      let file = try line.text("file").description
      guard SuiteFile.isName(file), file != SuiteFile.manifest else {
        throw line.error("file", "no file of a suite is called so")
      }
      guard !entries.contains(where: { $0.file == file }) else {
        throw line.error("file", "it stands there twice")
      }
      entries.append(
        Entry(file: file, size: try line.integer("bytes"), digest: try line.text("sha256"))
      )
    }
    self.entries = entries
    guard try head.integer("files") == entries.count else {
      throw head.error("files", "there are \(entries.count) lines of files")
    }
    guard try head.integer("recordings") == recordings else {
      throw head.error("recordings", "there are \(recordings) lines of recordings")
    }
  }
}
