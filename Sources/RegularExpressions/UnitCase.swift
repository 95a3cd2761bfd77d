/// Which UTF-16 units are one letter where case does not count.
///
/// By `Canonicalize` of ECMA-262, section 22.2.2.7.3, without the flag `u`: the upper-case form where
/// it is one unit, unless that leads from outside ASCII into it.
enum UnitCase {
  /// The units that have others of their letter, each with all of them.
  private static let families: [UInt16: [UInt16]] = {
    var byForm: [UInt16: [UInt16]] = [:]
    for unit in UInt16.min...UInt16.max { byForm[form(of: unit), default: []].append(unit) }
    var families: [UInt16: [UInt16]] = [:]
    for family in byForm.values where family.count > 1 {
      for unit in family { families[unit] = family }
    }
    return families
  }()

  private static func form(of unit: UInt16) -> UInt16 {
    guard let scalar = Unicode.Scalar(unit) else { return unit }
    let upper = scalar.properties.uppercaseMapping.utf16
    guard upper.count == 1, let form = upper.first else { return unit }
    return unit >= 128 && form < 128 ? unit : form
  }

  /// The set with all units of the letters that it has one of.
  ///
  /// - Complexity: O(*n*) in the size of the set.
  static func closed(_ set: UnitSet) -> UnitSet {
    var ranges = set.ranges
    for range in set.ranges {
      for unit in range {
        // No letter outside ASCII is one of ASCII's.
        if unit < 128 {
          if (0x41...0x5A).contains(unit) || (0x61...0x7A).contains(unit) {
            ranges.append(unit ^ 0x20...unit ^ 0x20)
          }
        } else if let family = families[unit] {
          ranges += family.map { $0...$0 }
        }
      }
    }
    return UnitSet(ranges)
  }
}
