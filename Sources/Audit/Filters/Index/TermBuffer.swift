internal import EventStore

/// Bytes of one event's fields and terms, in one allocation.
struct TermBuffer {
  private(set) var bytes: [UInt8] = []
  /// The terms, whose fields are `IndexedField`s and whose values are in `bytes`.
  private(set) var entries: [LentTerm] = []
  /// Which fields have an entry, by their numbers.
  private var fields: UInt64 = 0
  /// The field and value of every entry, once there are too many to look through.
  private var known: Set<[UInt8]> = []
  private static let fewEntries = 64

  /// Appends text as it is and returns where it stands.
  mutating func append(_ text: UnsafeRawBufferPointer) -> Range<Int> {
    let start = bytes.count
    bytes.append(lent: text)
    return start..<bytes.count
  }

  /// Appends bytes as they are and returns where they stand.
  mutating func append(_ text: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// Makes room for the usual terms of an event of so many bytes, of which a short one has few.
  mutating func reserve(forEventOf count: Int) {
    bytes.reserveCapacity(min(768, count + 64))
    entries.reserveCapacity(min(24, count / 32))
  }

  /// Appends a term for each value an element holds: itself, or the items of an array.
  mutating func append(valuesOf element: JSONElement, as field: IndexedField) {
    switch element.kind {
    case .string:
      guard let text = element.text, text.count > 0 else { return }
      let start = bytes.count
      CaseFolding.append(text, to: &bytes)
      close(start, field)
    case .number:
      guard let text = element.number?.text else { return }
      let start = bytes.count
      bytes += text.utf8
      close(start, field)
    case .boolean:
      let start = bytes.count
      bytes += (element.boolean == true ? "true" : "false").utf8
      close(start, field)
    case .array:
      for item in element.items { append(valuesOf: item, as: field) }
    case .object, .null: break
    }
  }

  /// Makes the bytes from `start` a term, or drops them when the field has the value already.
  private mutating func close(_ start: Int, _ field: IndexedField) {
    let range = start..<bytes.count
    // One more than an event may have tells that there are too many; the rest would only take time.
    guard entries.count <= EventLog.maximumTermCount else {
      bytes.removeLast(range.count)
      return
    }
    guard isNew(range, field) else {
      bytes.removeLast(range.count)
      return
    }
    fields |= 1 << UInt64(field.rawValue)
    entries.append(LentTerm(field: field.rawValue, range: range))
  }

  /// Whether no entry has that field and value.
  private mutating func isNew(_ range: Range<Int>, _ field: IndexedField) -> Bool {
    if entries.count >= Self.fewEntries {
      if known.isEmpty { known = Set(entries.map { [$0.field] + bytes[$0.range] }) }
      return known.insert([field.rawValue] + bytes[range]).inserted
    }
    guard fields & (1 << UInt64(field.rawValue)) != 0 else { return true }
    return bytes.withUnsafeBytes { bytes in
      let value = UnsafeRawBufferPointer(rebasing: bytes[range])
      for entry in entries where entry.field == field.rawValue {
        let other = UnsafeRawBufferPointer(rebasing: bytes[entry.range])
        if other.elementsEqual(value) { return false }
      }
      return true
    }
  }
}
