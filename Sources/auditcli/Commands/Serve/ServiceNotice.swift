internal import Foundation

/// What a service tells whoever started it.
///
/// Source: systemd, sd_notify(3).
enum ServiceNotice {
  /// Tells that requests are taken, where somebody waits for that.
  static func ready() {
    guard let path = ProcessWorld.variable("NOTIFY_SOCKET"), !path.isEmpty else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    var name = Array(path.utf8)
    // An abstract socket's name begins with a zero, which is written as `@`.
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    guard name.count < capacity else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let message = Array("READY=1".utf8)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, message, message.count, CInt(MSG_NOSIGNAL), $0, length)
      }
    }
  }
}
