import Audit
import Testing

/// What is kept of hooks' secrets, and for how long they are valid.
@Suite struct HookCredentialsTests {
  private static let secret = Array("correct horse battery staple".utf8)

  private static func credential(
    _ id: String,
    _ proof: DeliveryProof = .header,
    since: Int64 = 0,
    _ secret: [UInt8] = secret
  ) -> HookCredential {
    HookCredential(id: id, secret, for: proof, salt: Array("salt of sixteen.".utf8), since: since)
  }

  @Test func `a secret that comes with deliveries is known again by its digest alone`() {
    var all = HookCredentials()
    all.add(Self.credential("k1"), to: "breach", endingOthers: 0)
    let text = String(decoding: all.file, as: UTF8.self)
    #expect(!text.contains("correct horse"))
    let known = all.valid(of: "breach", at: 5)
    #expect(known.map(\.id) == ["k1"])
    #expect(known[0].isSecret(Self.secret))
    #expect(!known[0].isSecret(Self.secret + [0]))
    #expect(!known[0].isSecret([]))
    #expect(!"\(known[0])".contains("horse"))
  }

  @Test func `a secret that signs is kept, and shown nowhere`() {
    let credential = Self.credential("k1", .slack)
    guard case .secret(let kept) = credential.kept else {
      Issue.record("a digest cannot check a signature")
      return
    }
    #expect(kept == Self.secret)
    var dumped = ""
    dump(credential, to: &dumped)
    #expect(!"\(credential)\(dumped)".contains("horse"))
    #expect(credential.isSecret(Self.secret))
  }

  @Test func `after a rotation both secrets are valid until the former one ends`() {
    var all = HookCredentials()
    all.add(Self.credential("k1", since: 0), to: "breach", endingOthers: 0)
    all.add(Self.credential("k2", since: 100), to: "breach", endingOthers: 200)
    #expect(all.valid(of: "breach", at: 150).map(\.id) == ["k2", "k1"])
    #expect(all.valid(of: "breach", at: 200).map(\.id) == ["k2"])
    #expect(all.nextID(of: "breach") == "k3")
    // A third one does not make the first last longer.
    all.add(Self.credential("k3", since: 150), to: "breach", endingOthers: 900)
    #expect(all.valid(of: "breach", at: 300).map(\.id) == ["k3", "k2"])
    #expect(all.valid(of: "other", at: 0).isEmpty)
    all.remove("breach")
    #expect(all.valid(of: "breach", at: 300).isEmpty)
  }

  @Test func `the file gives back what was put into it`() throws {
    var all = HookCredentials()
    all.add(Self.credential("k1"), to: "breach", endingOthers: 0)
    all.add(Self.credential("k2", since: 7), to: "breach", endingOthers: 9)
    all.add(Self.credential("k1", .slack), to: "slack", endingOthers: 0)
    #expect(try HookCredentials(file: all.file) == all)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"hooks":[]}"#, #"{"hooks":{"a":{}}}"#, #"{"hooks":{"a":[{}]}}"#,
    #"{"hooks":{"a":[{"id":"k1","since":0}]}}"#,
    #"{"hooks":{"a":[{"id":"k1","since":0,"sha256":"AAAA"}]}}"#,
  ])
  func `a file that is none is refused, and nothing of it is quoted`(_ file: String) {
    let error = #expect(throws: HookCredentials.Malformed.self) {
      try HookCredentials(file: Array(file.utf8))
    }
    #expect(error.map { !$0.description.contains("AAAA") } ?? true)
  }
}
