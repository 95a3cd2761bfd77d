import Foundation
import TestSupport
import Testing

@testable import EventStore

/// What `verify --deep` says of the file's own pages, which LMDB compares with nothing.
@Suite struct PageWalkTests {
  private static let pageSize = 4096

  private func makeStore(_ path: String) throws {
    let log = try EventLog(at: path, options: workerOptions())
    for start in stride(from: 0, to: 120, by: 30) {
      try log.append(
        AppendBatch((start..<start + 30).map { NumberedEvent.draft($0, longest: 2_200) })
      )
    }
  }

  /// What a deep verification finds in the file.
  private func problems(in bytes: Data, at folder: String) throws -> [Problem] {
    let path = folder + "/damaged"
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try bytes.write(to: URL(fileURLWithPath: path + "/data.mdb"))
    let log = try EventLog(at: path, .readOnly, options: workerOptions())
    return try log.verify(.deep).problems
  }

  @Test func `a page that names another number than its own is found`() throws {
    try withTemporaryFolder { folder throws in
      let store = folder + "/store"
      let copy = folder + "/copy"
      try makeStore(store)
      try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      // Without free pages, so that every page is one that counts.
      try EventLog(at: store, .readOnly, options: workerOptions()).environment.compactCopy(to: copy)
      let whole = try Data(contentsOf: URL(fileURLWithPath: copy + "/data.mdb"))
      #expect(try problems(in: whole, at: folder) == [])
      let pages = whole.count / Self.pageSize
      var tried = 0
      for page in 2..<pages where whole[page * Self.pageSize] == UInt8(page & 255) {
        var damaged = whole
        damaged[page * Self.pageSize] ^= 1
        // Pages behind the first of a long value have no number.
        guard whole[page * Self.pageSize + 1] == UInt8(page >> 8) else { continue }
        tried += 1
        let kinds = try problems(in: damaged, at: folder).map(\.kind)
        #expect(kinds.contains(.alteredFile), "page \(page)")
      }
      #expect(tried > 20)
    }
  }

  @Test func `a page that is in use and in the list of free ones is found`() throws {
    try withTemporaryFolder { folder throws in
      let store = folder + "/store"
      try makeStore(store)
      let whole = try Data(contentsOf: URL(fileURLWithPath: store + "/data.mdb"))
      #expect(try problems(in: whole, at: folder) == [])
      func wide(_ offset: Int) -> Int {
        (0..<8).reversed().reduce(0) { $0 << 8 | Int(whole[offset + $1]) }
      }
      // The meta page that counts, the root of the free list in it, and that of the other tables.
      let meta = wide(144) > wide(Self.pageSize + 144) ? 0 : Self.pageSize
      let (free, main) = (wide(meta + 40 + 40), wide(meta + 88 + 40))
      let page = free * Self.pageSize
      let node = page + Int(whole[page + 16]) + Int(whole[page + 17]) << 8
      let list = node + 8 + Int(whole[node + 6])
      try #require(wide(list) > 0)
      var damaged = whole
      for byte in 0..<8 { damaged[list + 8 + byte] = UInt8(truncatingIfNeeded: main >> (8 * byte)) }
      let found = try problems(in: damaged, at: folder)
      #expect(found.contains { $0.detail.contains("free and in use") })
    }
  }
}
