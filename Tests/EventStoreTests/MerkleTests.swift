import Foundation
import TestSupport
import Testing

@testable import EventStore

@Suite struct MerkleTests {
  private func node(_ children: [UInt8]) -> [UInt8] {
    children.withUnsafeBytes { Hash.node($0).array }
  }

  /// The root by the recursive definition of RFC 6962, section 2.1.
  private func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    guard leaves.count > 1, let first = leaves.indices.first else {
      return leaves.first ?? Hash.emptyRoot
    }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    return node(root(leaves[first..<first + half]) + root(leaves[(first + half)...]))
  }

  @Test func `the hashes RFC 6962 implies have their known values`() {
    #expect(
      hex(Hash.emptyRoot) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    #expect(
      hex(Hash.leaf([])) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    #expect(
      hex(Hash.leaf(Array("L123456".utf8)))
        == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    #expect(
      hex(node(Array("N123N456".utf8)))
        == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )
  }

  @Test func `roots of the eight leaves every implementation is tested with`() {
    let leaves = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var range = CompactRange()
    for (leaf, expected) in zip(leaves, roots) {
      range.append(leaf: Hash.leaf(bytes(leaf)))
      #expect(hex(range.root) == expected)
    }
  }

  @Test func `a growing tree has the root of the definition at every size`() {
    var leaves: [[UInt8]] = []
    var range = CompactRange()
    for number in 0..<300 {
      #expect(range.root == root(leaves[...]))
      #expect(CompactRange(size: range.size, hashes: range.hashes) == range)
      let leaf = Hash.leaf([UInt8(truncatingIfNeeded: number)])
      leaves.append(leaf)
      range.append(leaf: leaf)
    }
  }

  @Test func `a range that does not fit its size is none`() {
    #expect(CompactRange(size: 3, hashes: Hash.emptyRoot) == nil)
    #expect(CompactRange(size: 1, hashes: [1, 2]) == nil)
  }

  /// One of the vectors for proofs, of which this takes leaf and root.
  private struct Vector: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: String
    let leafHash: String
    let proof: [String]?
    let wantErr: Bool
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `a sole leaf and a pair have the roots of the published vectors`() throws {
    var checked = 0
    for folder in SharedData.names(in: "vectors/merkle/inclusion") {
      for name in SharedData.names(in: "vectors/merkle/inclusion/\(folder)") {
        let path = "vectors/merkle/inclusion/\(folder)/\(name)"
        guard
          let vector = try? JSONDecoder().decode(
            Vector.self,
            from: Data(try SharedData.bytes(path))
          ),
          !vector.wantErr, vector.treeSize <= 2,
          let leaf = Data(base64Encoded: vector.leafHash).map(Array.init)
        else { continue }
        let others = (vector.proof ?? []).compactMap { Data(base64Encoded: $0).map(Array.init) }
        var range = CompactRange()
        let leaves = vector.leafIdx == 0 ? [leaf] + others : others + [leaf]
        for leaf in leaves { range.append(leaf: leaf) }
        #expect(Data(range.root).base64EncodedString() == vector.root)
        checked += 1
      }
    }
    #expect(checked > 0)
  }

  @Test func `the log's root is that of its events' leaves, and kept nodes are every fourth level`()
    throws
  {
    try withTemporaryLog { log throws in
      try log.appendNumbered(0..<600)
      var leaves: [[UInt8]] = []
      try log.read(everything) { event in
        leaves.append(try #require(try log.leafHash(at: event.position)))
        return true
      }
      #expect(try log.size().root == root(leaves[...]))
      let nodes = try log.environment.read { transaction in
        (
          count: try transaction.count(log.tables.tree),
          third: try transaction.value(log.tables.tree, Keys.node(level: 4, index: 2)),
          second: try transaction.value(log.tables.tree, Keys.node(level: 8, index: 1))
        )
      }
      #expect(nodes.count == 37 + 2)
      #expect(nodes.third == root(leaves[32..<48]))
      #expect(nodes.second == root(leaves[256..<512]))
    }
  }
}
