extension Text {
  /// A copy in lower case: JavaScript's `toLowerCase`.
  ///
  /// Follows Unicode's full mappings without a locale, the final sigma among them.
  ///
  /// - Complexity: O(*n*).
  public func lowercased() -> Text {
    mapped(
      ascii: { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
      scalar: { scalar, position in
        if scalar == "Σ" { return isFinalSigma(at: position) ? "ς" : "σ" }
        return scalar.properties.lowercaseMapping
      }
    )
  }

  /// A copy in upper case: JavaScript's `toUpperCase`.
  ///
  /// Follows Unicode's full mappings without a locale: `ß` becomes `SS`.
  ///
  /// - Complexity: O(*n*).
  public func uppercased() -> Text {
    mapped(
      ascii: { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 },
      scalar: { scalar, _ in scalar.properties.uppercaseMapping }
    )
  }

  @inline(__always)
  private func mapped(
    ascii: (UInt8) -> UInt8,
    scalar mapping: (Unicode.Scalar, Int) -> String
  ) -> Text {
    var changes: UInt8 = 0
    var union: UInt8 = 0
    for byte in bytes {
      changes |= byte ^ ascii(byte)
      union |= byte
    }
    if union < 0x80 {
      return changes == 0 ? self : Text(wtf8: bytes.map(ascii))
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let next = WTF8.scalar(in: bytes, at: position)
      if next.code < 0x80 {
        result.append(ascii(bytes[position]))
      } else if let scalar = Unicode.Scalar(next.code) {
        result.append(contentsOf: mapping(scalar, position).utf8)
      } else {
        result.append(contentsOf: bytes[position..<(position + next.length)])
      }
      position += next.length
    }
    return Text(wtf8: result)
  }
}

// MARK: - Final sigma

extension Text {
  /// What the neighbours of a sigma are to it.
  private enum CaseRole {
    case cased
    case ignorable
    case other

    init(_ code: UInt32) {
      guard let properties = Unicode.Scalar(code)?.properties else {
        self = .other
        return
      }
      // What is both counts as ignorable, as in the engines.
      self = properties.isCaseIgnorable ? .ignorable : properties.isCased ? .cased : .other
    }
  }

  /// Whether a cased letter stands before the sigma and none after it, ignorable ones skipped.
  private func isFinalSigma(at position: Int) -> Bool {
    var before = CaseRole.other
    var start = position
    while start > 0 {
      start = WTF8.start(before: start, in: bytes)
      before = CaseRole(WTF8.scalar(in: bytes, at: start).code)
      if before != .ignorable { break }
    }
    guard before == .cased else { return false }
    var next = position + 2
    while next < bytes.count {
      let scalar = WTF8.scalar(in: bytes, at: next)
      switch CaseRole(scalar.code) {
      case .cased: return false
      case .other: return true
      case .ignorable: next += scalar.length
      }
    }
    return true
  }
}
