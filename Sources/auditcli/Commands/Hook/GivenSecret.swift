internal import ArgumentParser
internal import Audit
internal import Foundation
internal import Values

/// The secret of a hook, as somebody gives it or as it is drawn.
struct GivenSecretOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file that holds the secret its sender shows, - for standard input.",
      discussion: """
        Slack, GitHub and Stripe make the secret; for the others it is drawn when none is given, and \
        shown once.
        """,
      valueName: "file"
    )
  )
  var secretFile: String?
}

extension GivenSecretOptions {
  /// A secret, and whether it was drawn.
  struct Secret {
    let bytes: [UInt8]
    let isDrawn: Bool

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The secret for a hook.
  ///
  /// - Throws: `Failure` where it has to be given and is not, or is no secret.
  func secret(for hook: Hook) throws -> Secret {
    guard let secretFile else { return try drawn(for: hook) }
    var bytes = try InputFile(secretFile).bytes[...]
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    guard bytes.count >= 16, bytes.allSatisfy({ (32...126).contains($0) }) else {
      throw Failure("\(secretFile): a secret is one line of 16 or more printable characters")
    }
    if hook.proof == .standardWebhooks {
      try Self.checkStandard(String(decoding: bytes, as: UTF8.self))
    }
    return Secret(bytes: Array(bytes), isDrawn: false)
  }

  private func drawn(for hook: Hook) throws -> Secret {
    let bytes: [UInt8]
    switch hook.proof {
    case .slack, .github, .stripe:
      throw Failure(
        "\(hook.proof.rawValue) makes the secret of a hook itself: put it into a file and name that with --secret-file"
      )
    case .standardWebhooks:
      bytes = Array("whsec_".utf8) + Base64.encode(ProcessWorld.entropy(32)).bytes
    case .header, .token, .typeform, .nothing:
      bytes = Base64.encodeForURL(ProcessWorld.entropy(32)).bytes
    }
    return Secret(bytes: bytes, isDrawn: true)
  }

  private static func checkStandard(_ text: String) throws {
    let encoded = text.hasPrefix("whsec_") || text.hasPrefix("whpk_")
    let stem = text.split(separator: "_", maxSplits: 1).last.map(String.init) ?? ""
    guard encoded, Data(base64Encoded: stem) != nil else {
      throw Failure("a secret of Standard Webhooks is whsec_ or whpk_ and Base64 behind it")
    }
  }
}
