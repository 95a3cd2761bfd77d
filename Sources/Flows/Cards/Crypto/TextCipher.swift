internal import Crypto
internal import CryptoExtras
internal import Values

/// Encrypts and decrypts with AES under a passphrase, as `createCipher` of Node does.
///
/// Key and initialisation vector are made of the passphrase alone, by `EVP_BytesToKey` of OpenSSL with
/// MD5, once and without salt: the same text gives the same bytes each time. It is no way to keep a
/// secret, but it is the way in which the cards' documented examples come about.
struct TextCipher {
  private let key: SymmetricKey
  private let vector: [UInt8]
  private let isChained: Bool

  private static let blockSize = 16

  /// Makes the cipher that OpenSSL calls so.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* for any other than AES with 128 or 256 bits, in
  ///   blocks (`ecb`) or chained (`cbc`).
  init(algorithm: Text, passphrase: [UInt8]) throws(CardError) {
    let size: Int
    switch algorithm.lowercased() {
    case "aes-128-cbc": (size, isChained) = (16, true)
    case "aes-128-ecb": (size, isChained) = (16, false)
    case "aes-256-cbc": (size, isChained) = (32, true)
    case "aes-256-ecb": (size, isChained) = (32, false)
    default: throw CardError.invalidInput("There is no cipher \"\(algorithm)\" here.")
    }
    let bytes = Self.derived(from: passphrase, count: size + Self.blockSize)
    key = SymmetricKey(data: bytes[..<size])
    vector = isChained ? Array(bytes[size...]) : Array(repeating: 0, count: Self.blockSize)
  }

  /// Each digest is one of the digest before and the passphrase.
  private static func derived(from passphrase: [UInt8], count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var last: [UInt8] = []
    while bytes.count < count {
      last = Array(Insecure.MD5.hash(data: last + passphrase))
      bytes += last
    }
    return Array(bytes[..<count])
  }
}

extension TextCipher {
  /// The encrypted bytes, filled up to whole blocks (PKCS #7).
  func encrypt(_ bytes: [UInt8]) throws(CardError) -> [UInt8] {
    let missing = Self.blockSize - bytes.count % Self.blockSize
    var last = vector
    return try blocks(of: bytes + Array(repeating: UInt8(missing), count: missing)) { block in
      if isChained { Self.mix(last, into: &block) }
      try AES.permute(&block, key: key)
      last = block
    }
  }

  /// The decrypted bytes.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* where what comes out is not filled up as it should
  ///   be: key, algorithm or text are others.
  func decrypt(_ bytes: [UInt8]) throws(CardError) -> [UInt8] {
    guard !bytes.isEmpty, bytes.count.isMultiple(of: Self.blockSize) else { throw Self.refused }
    var last = vector
    let padded = try blocks(of: bytes) { block in
      let encrypted = block
      try AES.inversePermute(&block, key: key)
      if isChained { Self.mix(last, into: &block) }
      last = encrypted
    }
    let added = padded.last.map(Int.init) ?? 0
    guard (1...Self.blockSize).contains(added),
      padded.suffix(added).allSatisfy({ Int($0) == added })
    else { throw Self.refused }
    return Array(padded.dropLast(added))
  }

  private static var refused: CardError {
    CardError.invalidInput("The text cannot be decrypted with this key and algorithm.")
  }

  private static func mix(_ other: [UInt8], into block: inout [UInt8]) {
    for (place, byte) in other.enumerated() { block[place] ^= byte }
  }

  /// What a step makes of each block, in order.
  private func blocks(
    of bytes: [UInt8],
    _ step: (inout [UInt8]) throws -> Void
  ) throws(CardError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    do {
      for start in stride(from: 0, to: bytes.count, by: Self.blockSize) {
        var block = Array(bytes[start..<(start + Self.blockSize)])
        try step(&block)
        result += block
      }
    } catch {
      throw Self.refused
    }
    return result
  }
}
