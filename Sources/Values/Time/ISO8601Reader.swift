/// Reads an ISO 8601 text from start to end.
struct ISO8601Reader {
  private let bytes: [UInt8]
  private var position = 0

  /// Makes a reader at the start.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The instant that the whole text names, or nil.
  mutating func read() -> Instant? {
    guard var civil = readDate() else { return nil }
    var endsDay = false
    var offset: Int64 = 0
    if take("T") || take("t") || take(" ") {
      guard readTime(into: &civil), let minutes = readOffset() else { return nil }
      offset = minutes * 60_000
      if civil.hour == 24 {
        guard civil.minute == 0, civil.second == 0, civil.millisecond == 0 else { return nil }
        civil.hour = 0
        endsDay = true
      }
    }
    guard position == bytes.count else { return nil }
    return Instant(civil: civil)?.adding(milliseconds: (endsDay ? 86_400_000 : 0) - offset)
  }

  private mutating func readDate() -> CivilDateTime? {
    guard let year = readYear() else { return nil }
    var civil = CivilDateTime(year: year, month: 1, day: 1)
    guard take("-") else { return civil }
    guard let month = readDigits(2) else { return nil }
    civil.month = month
    guard take("-") else { return civil }
    guard let day = readDigits(2) else { return nil }
    civil.day = day
    return civil
  }

  private mutating func readYear() -> Int? {
    let isNegative = take("-")
    guard isNegative || take("+") else { return readDigits(4) }
    let count = Decimal.digits(in: bytes, from: position) - position
    guard (6...9).contains(count), let year = readDigits(count) else { return nil }
    // The year 0 has no sign, so `-000000` is no year.
    return isNegative ? (year == 0 ? nil : -year) : year
  }

  private mutating func readTime(into civil: inout CivilDateTime) -> Bool {
    guard let hour = readDigits(2), take(":"), let minute = readDigits(2) else { return false }
    civil.hour = hour
    civil.minute = minute
    guard take(":") else { return true }
    guard let second = readDigits(2) else { return false }
    civil.second = second
    guard take(".") else { return true }
    let end = Decimal.digits(in: bytes, from: position)
    guard end > position else { return false }
    var scale = 100
    for byte in bytes[position..<end].prefix(3) {
      civil.millisecond += Int(byte - 0x30) * scale
      scale /= 10
    }
    position = end
    return true
  }

  /// Minutes east of UTC; 0 where none is written.
  private mutating func readOffset() -> Int64? {
    if position == bytes.count || take("Z") || take("z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = readDigits(2), hours < 24 else { return nil }
    var minutes = 0
    if position < bytes.count {
      _ = take(":")
      guard let rest = readDigits(2), rest < 60 else { return nil }
      minutes = rest
    }
    let offset = Int64(hours * 60 + minutes)
    return isWest ? -offset : offset
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func readDigits(_ count: Int) -> Int? {
    guard Decimal.digits(in: bytes, from: position) - position >= count else { return nil }
    let digits = bytes[position..<(position + count)]
    position += count
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
