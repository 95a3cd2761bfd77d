internal import Glibc

/// Walks the pages of the data file themselves, as they lie on the disk in one snapshot.
///
/// LMDB follows numbers of pages and compares them with nothing: a page that names another number than
/// its own is read as it should, but the next change of it frees that other page, and what stands there is
/// overwritten. So every page that is reached must name its place, and must be reached once, from the
/// tables or from the list of free pages.
///
/// The layout is that of LMDB 0.9 on machines of 64 bits with the least significant byte first.
struct PageWalk {
  private let descriptor: CInt
  private let size: Int
  private var seen: [UInt64]
  private let lastPage: UInt64
  private var page: [UInt8]
  /// What is wrong with the file, nil where nothing was found.
  private(set) var problem: String?

  /// A table as its parent names it.
  private struct Root {
    let depth: Int
    let page: UInt64

    /// The table whose description stands in a page.
    init(_ bytes: [UInt8], at offset: Int) {
      depth = Int(bytes.narrow(offset + 6))
      page = bytes.wide(offset + 40)
    }
  }

  private static let mostUnwritten: UInt64 = 1 << 16

  private enum Offset {
    static let flags = 10
    static let lower = 12
    static let pointers = 16
    static let tables = 40
    static let table = 48
    static let lastPage = 136
    static let transaction = 144
  }

  private enum Flag {
    static let branch = 1
    static let leaf = 2
    static let overflow = 4
    static let ofKind = 0x7F
    static let longValue = 1
    static let subTable = 2
  }

  /// Reads the meta page of a snapshot and walks what it leads to; nil where later commits have taken the
  /// place of that page.
  ///
  /// - Parameters:
  ///   - descriptor: The data file.
  ///   - pageSize: The size of its pages.
  ///   - transaction: The last transaction that the snapshot sees; it has to be held.
  init?(_ descriptor: CInt, pageSize: Int, transaction: UInt64) {
    self.descriptor = descriptor
    size = pageSize
    page = [UInt8](repeating: 0, count: pageSize)
    let place = Int(transaction & 1) * pageSize
    guard pageSize >= 512, pread(descriptor, &page, pageSize, off_t(place)) == pageSize,
      page.wide(Offset.transaction) == transaction
    else { return nil }
    lastPage = page.wide(Offset.lastPage)
    let meta = page
    var status = stat()
    let pages = fstat(descriptor, &status) == 0 ? UInt64(status.st_size) / UInt64(pageSize) : 0
    // Free pages at the end may never have been written, but not more than there are.
    guard lastPage <= 2 * pages + Self.mostUnwritten else {
      seen = []
      problem = "its last page is said to be \(lastPage)"
      return
    }
    seen = [UInt64](repeating: 0, count: Int(lastPage / 64) + 1)
    visit(0)
    visit(1)
    let free = Root(meta, at: Offset.tables)
    let main = Root(meta, at: Offset.tables + Offset.table)
    walk(free, isFreeList: true)
    walk(main, isFreeList: false)
  }
}

extension PageWalk {
  private mutating func fail(_ text: String) {
    if problem == nil { problem = text }
  }

  /// Notes that a page is reached; false where that cannot be, or it was reached before.
  @discardableResult
  private mutating func visit(_ number: UInt64) -> Bool {
    guard number <= lastPage else {
      fail("page \(number) is behind the last")
      return false
    }
    let (word, bit) = (Int(number / 64), UInt64(1) << (number % 64))
    guard seen[word] & bit == 0 else {
      fail("page \(number) is reached twice, or is free and in use")
      return false
    }
    seen[word] |= bit
    return true
  }

  /// Reads a page that is reached for the first time; nil where it is not what it should be.
  private mutating func read(_ number: UInt64, kind: Int) -> [UInt8]? {
    guard problem == nil, visit(number) else { return nil }
    guard pread(descriptor, &page, size, off_t(number) * off_t(size)) == size else {
      fail("page \(number) cannot be read")
      return nil
    }
    guard page.wide(0) == number, Int(page.narrow(Offset.flags)) & Flag.ofKind == kind else {
      fail("page \(number) is not what leads to it says")
      return nil
    }
    return page
  }

  private mutating func walk(_ root: Root, isFreeList: Bool) {
    guard root.page != .max else { return }
    guard (1...32).contains(root.depth) else { return fail("a table is \(root.depth) pages deep") }
    walk(root.page, levels: root.depth, isFreeList)
  }

  private mutating func walk(_ number: UInt64, levels: Int, _ isFreeList: Bool) {
    let isLeaf = levels == 1
    guard let page = read(number, kind: isLeaf ? Flag.leaf : Flag.branch) else { return }
    let lower = Int(page.narrow(Offset.lower))
    guard (Offset.pointers...size).contains(lower) else {
      return fail("page \(number) is said to have \(lower) bytes of places")
    }
    for place in stride(from: Offset.pointers, to: lower - 1, by: 2) {
      guard problem == nil else { return }
      let node = Int(page.narrow(place))
      guard node >= lower, node + 8 <= size else {
        return fail("page \(number) has a row outside itself")
      }
      isLeaf
        ? visitRow(page, node, number, isFreeList)
        : walk(
          UInt64(page.narrow(node)) | UInt64(page.narrow(node + 2)) << 16
            | UInt64(page.narrow(node + 4)) << 32,
          levels: levels - 1,
          isFreeList
        )
    }
  }

  private mutating func visitRow(_ page: [UInt8], _ node: Int, _ number: UInt64, _ isFreeList: Bool)
  {
    let length = Int(page.narrow(node)) | Int(page.narrow(node + 2)) << 16
    let flags = Int(page.narrow(node + 4))
    let value = node + 8 + Int(page.narrow(node + 6))
    let inPage = flags & Flag.longValue != 0 ? 8 : length
    guard value + inPage <= size else { return fail("page \(number) has a row outside itself") }
    if flags & Flag.subTable != 0, inPage == Offset.table {
      return walk(Root(page, at: value), isFreeList: false)
    }
    var bytes = Array(page[value..<value + inPage])
    if flags & Flag.longValue != 0 {
      guard let long = longValue(at: page.wide(value), length) else { return }
      bytes = long
    }
    if isFreeList { visitFree(bytes) }
  }

  /// A value on pages of its own.
  private mutating func longValue(at first: UInt64, _ length: Int) -> [UInt8]? {
    guard let head = read(first, kind: Flag.overflow) else { return nil }
    let count = UInt64(head.narrow(Offset.lower)) | UInt64(head.narrow(Offset.lower + 2)) << 16
    // A value that became shorter within a commit keeps its pages.
    guard count >= UInt64((Offset.pointers + length + size - 1) / size) else {
      fail("page \(first) is said to be the first of \(count)")
      return nil
    }
    for next in 1..<max(1, count) where !visit(first + next) { return nil }
    var bytes = [UInt8](repeating: 0, count: length)
    let offset = off_t(first) * off_t(size) + off_t(Offset.pointers)
    guard pread(descriptor, &bytes, length, offset) == length else {
      fail("page \(first) cannot be read")
      return nil
    }
    return bytes
  }

  /// Notes the pages of a list of free ones: how many, their numbers, and perhaps room for more.
  private mutating func visitFree(_ list: [UInt8]) {
    guard list.count >= 8, list.wide(0) <= UInt64(list.count / 8 - 1) else {
      return fail("the list of free pages is shorter than it says")
    }
    for place in 0..<Int(list.wide(0)) where problem == nil { visit(list.wide(8 + 8 * place)) }
  }
}

extension [UInt8] {
  fileprivate func narrow(_ offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }

  fileprivate func wide(_ offset: Int) -> UInt64 {
    (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(self[offset + $1]) }
  }
}
