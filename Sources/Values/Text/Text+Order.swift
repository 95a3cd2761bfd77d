extension Text: Comparable {
  /// Whether `left` comes first in the order of UTF-16 units: JavaScript's `<`.
  public static func < (left: Text, right: Text) -> Bool {
    let (left, right) = (left.bytes, right.bytes)
    let shared = min(left.count, right.count)
    var position = 0
    while position < shared, left[position] == right[position] { position += 1 }
    guard position < shared else { return left.count < right.count }
    // Bytes order as code points do. Units order differently only where a surrogate, paired or
    // not, meets another unit from U+D000 on.
    guard min(left[position], right[position]) >= 0xED else {
      return left[position] < right[position]
    }
    let leftUnits = Text(wtf8: Array(left[position...])).utf16
    let rightUnits = Text(wtf8: Array(right[position...])).utf16
    return leftUnits.lexicographicallyPrecedes(rightUnits)
  }
}
