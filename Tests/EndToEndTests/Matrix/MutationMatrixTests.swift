import TestSupport
import Testing

/// One edit of a flow at a time, on flows of the public packs and on the project's own: each gets its
/// verdict, with its proof, the place and both values, in the group of the card that was edited.
@Suite struct MutationMatrixTests {
  static let own = [MatrixScene.breachedCredential, .activatedUser]
  static let packs = [MatrixScene.breachedPasswordPack, .bookmarkPack, .abandonedAccountPack]

  @Test(arguments: own)
  func `each edit of an own flow gets its verdict`(_ scene: MatrixScene) throws {
    try scene.tryAll()
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"), arguments: packs)
  func `each edit of a public flow gets its verdict`(_ scene: MatrixScene) throws {
    try scene.tryAll()
  }

  @Test func `each kind of edit is tried, on most public flows too`() {
    func kinds(_ scene: MatrixScene) -> Set<Mutation.Kind> { Set(scene.mutations.map(\.kind)) }
    let ownKinds = Set(Self.own.flatMap(kinds))
    // The project's own flow reads no table.
    #expect(Set(Mutation.Kind.allCases).subtracting(ownKinds) == [.tableRead])
    for kind in Mutation.Kind.allCases where kind != .trigger {
      let count = Self.packs.count { kinds($0).contains(kind) }
      #expect(count >= 2, "\(kind.rawValue) is tried on \(count) public flows")
    }
  }
}
