/// Stands for a text in tables that live no longer than the process: its hash.
///
/// Two texts of one hash in a few hundred documents are not to be expected, and would do no harm.
struct TextKey: Hashable {
  private let hash: Int

  init(_ text: UnsafeRawBufferPointer) {
    var hasher = Hasher()
    hasher.combine(bytes: text)
    hash = hasher.finalize()
  }

  init(_ text: StaticString) {
    self.init(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
