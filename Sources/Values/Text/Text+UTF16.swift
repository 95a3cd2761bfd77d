extension Text {
  /// The UTF-16 units.
  ///
  /// - Complexity: O(*n*).
  public var utf16: [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let scalar = WTF8.scalar(in: bytes, at: position)
      if scalar.code < 0x10000 {
        units.append(UInt16(truncatingIfNeeded: scalar.code))
      } else {
        units.append(WTF8.highSurrogate(scalar.code))
        units.append(WTF8.lowSurrogate(scalar.code))
      }
      position += scalar.length
    }
    return units
  }

  /// How many UTF-16 units there are: JavaScript's `length`.
  ///
  /// - Complexity: O(*n*), many bytes at a time.
  public var utf16Count: Int { WTF8.unitCount(bytes[...]) }

  /// The units at the places of `range` that the text has: JavaScript's `substring`.
  ///
  /// A border inside a surrogate pair leaves the half that is inside as a lone surrogate.
  ///
  /// - Complexity: O(*n*), and O(length of the slice) where all is ASCII.
  public func utf16Slice(_ range: Range<Int>) -> Text {
    let lower = place(ofUnit: range.lowerBound)
    if WTF8.isASCII(bytes) {
      let upper = min(max(range.upperBound, 0), bytes.count)
      return lower.byte < upper ? Text(wtf8: Array(bytes[lower.byte..<upper])) : .empty
    }
    let upper = place(ofUnit: range.upperBound)
    guard lower.unit < upper.unit else { return .empty }
    var slice: [UInt8] = []
    var start = lower.byte
    if lower.isInsidePair {
      let scalar = WTF8.scalar(in: bytes, at: lower.byte)
      WTF8.append(unit: WTF8.lowSurrogate(scalar.code), to: &slice)
      start += scalar.length
    }
    slice.append(contentsOf: bytes[start..<max(start, upper.byte)])
    if upper.isInsidePair {
      let scalar = WTF8.scalar(in: bytes, at: upper.byte)
      WTF8.append(unit: WTF8.highSurrogate(scalar.code), to: &slice)
    }
    return Text(wtf8: slice)
  }
}

extension Text {
  /// A UTF-16 place and the byte at which its code point starts.
  struct Place {
    let unit: Int
    let byte: Int
    /// Whether the unit is the second of a pair, whose code point starts at `byte`.
    let isInsidePair: Bool
  }

  /// The place of a unit, clamped to the text.
  func place(ofUnit unit: Int) -> Place {
    if unit <= 0 { return Place(unit: 0, byte: 0, isInsidePair: false) }
    var units = 0
    var byte = 0
    while byte < bytes.count {
      if units == unit { return Place(unit: units, byte: byte, isInsidePair: false) }
      let scalar = WTF8.scalar(in: bytes, at: byte)
      if scalar.code >= 0x10000 {
        if units + 1 == unit { return Place(unit: unit, byte: byte, isInsidePair: true) }
        units += 1
      }
      units += 1
      byte += scalar.length
    }
    return Place(unit: units, byte: bytes.count, isInsidePair: false)
  }
}
