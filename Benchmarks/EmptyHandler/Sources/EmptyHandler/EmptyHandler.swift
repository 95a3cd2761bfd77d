import Hummingbird
import Logging

/// Takes requests, reads their bodies and answers 204; the port is the first argument.
@main
struct EmptyHandler {
  static func main() async throws {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8099
    let router = Router()
    router.post("/hooks/okta/h") { request, _ -> HTTPResponse.Status in
      for try await _ in request.body {}
      return .noContent
    }
    let application = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      logger: Logger(label: "empty") { _ in SwiftLogNoOpLogHandler() }
    )
    try await application.runService()
  }
}
