internal import Values

/// The members of a recorded event's data, of which those are read that are asked for.
struct SkimmedFields: RecordedMembers {
  private let skimmer: JSONSkimmer
  private var members: [JSONSkimmer.Member] = []

  /// Finds the members of the object that begins at `start`.
  ///
  /// - Complexity: O(*n*) in its length.
  init(_ skimmer: JSONSkimmer, at start: Int) {
    self.skimmer = skimmer
    members.reserveCapacity(16)
    var next = skimmer.firstMember(ofObjectAt: start)
    while let member = next {
      members.append(member)
      next = skimmer.member(behind: member)
    }
  }

  subscript(key: StaticString) -> Value? {
    for member in members where skimmer.has(key, member) {
      if let text = skimmer.plainText(at: member.value) { return .text(text) }
      let json = skimmer[skimmer.value(at: member.value)]
      return try? JSON.parse(json, maximumDepth: RecordedFields.maximumDepth - 1)
    }
    return nil
  }
}
