/// Where a server listens, and how.
public struct ServerSettings: Hashable, Sendable {
  /// Files that prove to clients who the server is.
  public struct TLS: Hashable, Sendable {
    /// The certificate and those it follows from, as PEM.
    public let certificates: String
    /// Its key, as PEM.
    public let key: String

    /// Names the files.
    public init(certificates: String, key: String) {
      self.certificates = certificates
      self.key = key
    }
  }

  /// The host name or address.
  public let host: String
  /// The port; 0 for any that is free.
  public let port: Int
  /// The files for TLS, nil to speak plain HTTP behind a proxy.
  public let tls: TLS?
  /// How many connections are open at once; others wait.
  public let connections: Int
  /// How many executions run at once.
  public let workers: Int
  /// How often an API endpoint may be called in a second; 0 for any number.
  public let callsPerSecond: Int
  /// Where clients find the server, as links name it; nil to take their word for the host.
  public let publicURL: String?
  /// How many requests to the System Log API each token may make in a minute.
  public let logRequestsPerMinute: Int

  /// Makes settings.
  public init(
    host: String,
    port: Int,
    tls: TLS? = nil,
    connections: Int = 1024,
    workers: Int = 4,
    callsPerSecond: Int = 10,
    publicURL: String? = nil,
    logRequestsPerMinute: Int = 600
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.connections = connections
    self.workers = workers
    self.callsPerSecond = callsPerSecond
    self.publicURL = publicURL
    self.logRequestsPerMinute = logRequestsPerMinute
  }
}
