/// The names of events' types that were looked up in one reading.
struct TypeNames {
  private var names: [UInt32: [UInt8]] = [:]
  /// The one that was asked for last; mostly it is asked for again.
  private var last: (number: UInt32, name: [UInt8])?

  /// The name of a type, looked up where it was not before.
  mutating func name(
    of number: UInt32,
    _ lookUp: (UInt32) throws -> [UInt8]
  ) rethrows -> [UInt8] {
    if let last, last.number == number { return last.name }
    let name: [UInt8]
    if let known = names[number] {
      name = known
    } else {
      name = try lookUp(number)
      names[number] = name
    }
    last = (number, name)
    return name
  }
}
