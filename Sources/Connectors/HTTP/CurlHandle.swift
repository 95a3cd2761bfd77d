internal import CCurl
internal import Glibc

/// One exchange by libcurl: the bounds and refusals that hold for every protocol.
///
/// Names are resolved by the library, and each address is checked when a socket for it is made, so
/// that no second answer of a name server can slip in between.
final class CurlHandle {
  /// What callbacks of the library note; it outlives the exchange.
  final class Notes {
    let addresses: AddressRules
    let limits: TransferLimits
    var refused: NetworkAddress?
    /// Whether an address was tried.
    var hasTried = false
    var hasBegun = false
    var header: [UInt8] = []
    var body: [UInt8] = []
    var isTooLong = false
    /// What is still to be sent, for protocols that read it piece by piece.
    var upload: ArraySlice<UInt8> = []

    init(_ addresses: AddressRules, _ limits: TransferLimits) {
      self.addresses = addresses
      self.limits = limits
    }
  }

  let notes: Notes
  private let handle: UnsafeMutableRawPointer
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))

  /// The library wants to be initialised once, by one thread.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(_ addresses: AddressRules, _ limits: TransferLimits, certificates: String?) {
    guard Self.isReady, let handle = curl_easy_init() else {
      preconditionFailure("libcurl does not start; is memory left?")
    }
    self.handle = handle
    notes = Notes(addresses, limits)
    set(CURLOPT_NOSIGNAL, 1)
    // A proxy of the environment would make the check of addresses one of the proxy's.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
    set(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
    // The bound of all does not hold while a mail server is taken leave of.
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, limits.totalMilliseconds / 1_000))
    set(CURLOPT_FORBID_REUSE, 1)
    if let certificates { set(CURLOPT_CAINFO, certificates) }
    let context = Unmanaged.passUnretained(notes).toOpaque()
    require(ccurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
    require(ccurl_set_socket_callback(handle, CurlCallbacks.openSocket))
    require(ccurl_set_pointer(handle, CURLOPT_PREREQDATA, context))
    require(ccurl_set_begin_callback(handle, CurlCallbacks.begin))
    require(ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context))
    require(ccurl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, CurlCallbacks.body))
    require(ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context))
    require(ccurl_set_data_callback(handle, CURLOPT_HEADERFUNCTION, CurlCallbacks.header))
    require(ccurl_set_pointer(handle, CURLOPT_READDATA, context))
    require(ccurl_set_data_callback(handle, CURLOPT_READFUNCTION, CurlCallbacks.read))
  }

  deinit {
    curl_easy_cleanup(handle)
    for list in lists { curl_slist_free_all(list) }
  }

  func set(_ option: CURLoption, _ value: Int) { require(ccurl_set_long(handle, option, value)) }
  func set(_ option: CURLoption, size value: Int) {
    require(ccurl_set_size(handle, option, curl_off_t(value)))
  }
  func set(_ option: CURLoption, _ value: String) {
    require(ccurl_set_text(handle, option, value))
  }

  /// An option that the library does not take would leave out a bound or a check.
  private func require(_ code: CURLcode) {
    precondition(code == CURLE_OK, "libcurl does not take an option: \(code.rawValue)")
  }

  /// Sets a list of lines, which the library reads until the exchange is over.
  func set(_ option: CURLoption, lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else {
        preconditionFailure("There is no memory for a line of a request.")
      }
      list = longer
    }
    guard let list else { return }
    lists.append(list)
    require(ccurl_set_pointer(handle, option, list))
  }

  /// Sets bytes that the library copies.
  func set(copying body: [UInt8]) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
    // Empty bytes have no address, and without one the library would read a body from elsewhere.
    (body.isEmpty ? [0] : body).withUnsafeBytes { bytes in
      _ = ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
    }
  }

  /// Hands over bytes that the library reads piece by piece; only from then on has the request begun.
  func willUpload(_ bytes: [UInt8]) {
    notes.upload = bytes[...]
    require(ccurl_set_begin_callback(handle, nil))
  }

  /// Performs the exchange.
  ///
  /// - Throws: `TransferFailure` where no whole answer came.
  func perform(to host: String) throws(TransferFailure) {
    let code = message.withUnsafeMutableBufferPointer { buffer in
      ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
      let code = curl_easy_perform(handle)
      ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
      return code
    }
    guard code != CURLE_OK else { return }
    throw failure(code, host)
  }

  /// A number that the library tells of the exchange.
  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(handle, info, &value) == CURLE_OK ? value : 0
  }
}

extension CurlHandle {
  private func failure(_ code: CURLcode, _ host: String) -> TransferFailure {
    func made(_ reason: TransferFailure.Reason, _ message: String) -> TransferFailure {
      TransferFailure(reason: reason, message: message, mayHaveHappened: notes.hasBegun)
    }
    if let address = notes.refused, !notes.hasTried {
      return made(
        .addressRefused,
        "\(host) leads to \(address), which is not a public address. Allow it in the connection's "
          + "\"networks\" if the flow may reach it."
      )
    }
    if notes.isTooLong {
      return made(
        .size,
        "The answer of \(host) is longer than \(notes.limits.bodySize) bytes, or its header longer "
          + "than \(notes.limits.headerSize)."
      )
    }
    return switch code {
    // The library takes a first line that it does not understand for another protocol's.
    case CURLE_UNSUPPORTED_PROTOCOL where notes.hasBegun:
      made(.malformed, "The answer of \(host) is not what the protocol says.")
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: made(.url, "The URL cannot be used.")
    case CURLE_COULDNT_RESOLVE_HOST: made(.name, "The host \(host) is not known.")
    case CURLE_COULDNT_CONNECT: made(.connection, "Nobody answers at \(host).")
    case CURLE_OPERATION_TIMEDOUT:
      notes.hasBegun
        ? made(
          .timeout,
          "\(host) did not answer within \(notes.limits.totalMilliseconds) milliseconds."
        )
        : made(
          .timeout,
          "\(host) could not be reached within \(notes.limits.connectMilliseconds) milliseconds."
        )
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE:
      made(
        .certificate,
        "No safe connection to \(host): \(detail). A private authority stands in the connection's "
          + "\"certificates\"; a mail server without TLS wants \"tls: none\"."
      )
    case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      made(.malformed, "The answer of \(host) is not what the protocol says: \(detail).")
    case CURLE_LOGIN_DENIED: made(.refused, "\(host) does not accept the user or the password.")
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
      made(.cut, "The connection to \(host) broke off before the answer was whole.")
    default: made(.cut, "The exchange with \(host) failed: \(detail).")
    }
  }

  /// What the library says of the failure: a sentence about the connection, without credentials.
  private var detail: String {
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty ? "no reason given" : text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

/// What the library calls while an exchange goes on.
private enum CurlCallbacks {
  private static func notes(_ context: UnsafeMutableRawPointer?) -> CurlHandle.Notes? {
    context.map { Unmanaged<CurlHandle.Notes>.fromOpaque($0).takeUnretainedValue() }
  }

  static let openSocket: ccurl_socket_callback = { context, _, target in
    guard let notes = notes(context), let target else { return CURL_SOCKET_BAD }
    let family = target.pointee.family
    let found: NetworkAddress? = withUnsafePointer(to: &target.pointee.addr) { pointer in
      let raw = UnsafeRawPointer(pointer)
      switch family {
      case AF_INET:
        // `sin_addr` and `sin6_addr` stand 4 and 8 bytes behind the beginning.
        return NetworkAddress(
          bytes: Array(UnsafeRawBufferPointer(start: raw + 4, count: 4))
        )
      case AF_INET6:
        return NetworkAddress(
          bytes: Array(UnsafeRawBufferPointer(start: raw + 8, count: 16))
        )
      default: return nil
      }
    }
    guard let found, notes.addresses.allows(found) else {
      notes.refused = found
      return CURL_SOCKET_BAD
    }
    notes.hasTried = true
    return socket(
      family,
      target.pointee.socktype | CInt(SOCK_CLOEXEC.rawValue),
      target.pointee.protocol
    )
  }

  static let begin: ccurl_begin_callback = { context, _, _, _, _ in
    notes(context)?.hasBegun = true
    return CURL_PREREQFUNC_OK
  }

  static let body: ccurl_data_callback = { bytes, size, count, context in
    guard let notes = notes(context), let bytes else { return 0 }
    let length = size * count
    guard notes.body.count + length <= notes.limits.bodySize else {
      notes.isTooLong = true
      return 0
    }
    notes.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
    return length
  }

  static let header: ccurl_data_callback = { bytes, size, count, context in
    guard let notes = notes(context), let bytes else { return 0 }
    let length = size * count
    guard notes.header.count + length <= notes.limits.headerSize else {
      notes.isTooLong = true
      return 0
    }
    notes.header.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
    return length
  }

  static let read: ccurl_data_callback = { bytes, size, count, context in
    guard let notes = notes(context), let bytes else { return 0 }
    let length = min(size * count, notes.upload.count)
    notes.hasBegun = true
    notes.upload.prefix(length).withUnsafeBytes { piece in
      UnsafeMutableRawPointer(bytes).copyMemory(
        from: piece.baseAddress ?? UnsafeRawPointer(bytes),
        byteCount: length
      )
    }
    notes.upload = notes.upload.dropFirst(length)
    return length
  }
}
