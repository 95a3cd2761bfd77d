/// What a writer keeps in memory from one transaction to the next.
final class AppendCaches {
  var tail: SegmentTail
  var streams = StreamTails()
  var terms = TermNumbers()
  private var opened: Decompressor?
  private var openedCompressor: Compressor?

  init(tail: SegmentTail) {
    self.tail = tail
  }

  /// The decompressor for events that are compared with new ones.
  func decompressor() throws -> Decompressor {
    let decompressor = try opened ?? Decompressor()
    opened = decompressor
    return decompressor
  }

  /// The compressor for blocks some of whose events were there before.
  func compressor() throws -> Compressor {
    let compressor = try openedCompressor ?? Compressor()
    openedCompressor = compressor
    return compressor
  }
}
