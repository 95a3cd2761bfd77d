internal import Values

/// The cards that write parts of URLs.
enum URLCards {
  static let all: [FunctionCard] = [
    FunctionCard("url:encodeComponent") { (call) throws(CardError) in
      let text = call.text("string") ?? .empty
      guard Text(utf8: text.bytes) != nil else {
        throw CardError.invalidInput("The text holds half a character, which no URL can hold.")
      }
      call.set("output", to: .text(encoded(text)))
    }
  ]

  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8
  )
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  private static func encoded(_ text: Text) -> Text {
    var bytes: [UInt8] = []
    for byte in text.bytes {
      if unreserved.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return Text(wtf8: bytes)
  }
}
