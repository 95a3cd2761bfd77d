import Connectors
import Flows
import TestSupport
import Testing
import Values

@Suite("The File cards fetch and send files")
struct FileCardTests {
  private func asking(_ server: HTTPStandIn) throws -> Asking {
    try Asking(
      """
      connections:
        - connector: filefunctions
          hosts: ["\(server.url)"]
          networks: [127.0.0.1]
      """
    )
  }

  /// What comes of downloading from a path, where the server answers with these fields.
  private func download(
    _ path: String,
    _ fields: [(String, String)],
    _ content: [UInt8] = Array("a,b\n".utf8)
  ) throws -> Object {
    let server = try HTTPStandIn { _ in .reply(200, fields, content) }
    defer { server.stop() }
    return try asking(server).ask(
      "filefunctions",
      "largeDownload",
      ["URL": .text(Text(server.url + path))],
      outputs: ["File Content:file", "Filename:string", "Size:number"]
    ).outputs()
  }

  @Test func `a Download asks with its query and fields, and gives a file`() throws {
    let bytes: [UInt8] = [0, 0xFF, 0x89, 10]
    let server = try HTTPStandIn { _ in .reply(200, [("Content-Type", "image/png; q=1")], bytes) }
    defer { server.stop() }
    let found = try asking(server).ask(
      "filefunctions",
      "largeDownload",
      [
        "Request/URL": .text(Text(server.url + "/pictures/a%20b.png?size=1")),
        "Query/name": "something urgent", "Headers/X-Asked-By": "report",
      ],
      outputs: ["File/File Content:file", "File/Filename:string", "File/Size:number"]
    ).outputs()
    #expect(
      found["File/File Content"]
        == .file(File(name: "a b.png", mediaType: "image/png", content: bytes))
    )
    #expect(found["File/Filename"] == "a b.png")
    #expect(found["File/Size"] == 4)
    let request = try #require(server.requests.first)
    #expect(request.method == "GET")
    #expect(request.target == "/pictures/a%20b.png?size=1&name=something%20urgent")
    #expect(request.field("x-asked-by") == "report")
  }

  @Test(
    arguments: [
      ("/x", "attachment; filename=\"a;b.csv\"", "a;b.csv"),
      ("/x", "attachment; filename=plain.csv", "plain.csv"),
      ("/x", "attachment; filename=\"quo\\\"te.csv\"; size=3", "quo\"te.csv"),
      ("/x", "attachment; filename=\"e.csv\"; filename*=UTF-8''%C3%A9.csv", "é.csv"),
      ("/x", "attachment; filename=\"../../etc/passwd\"", "passwd"),
      ("/x", "attachment; filename=\"C:\\\\a\\\\b.txt\"", "b.txt"),
      ("/x.txt", "attachment; filename=\"..\"", "x.txt"), ("/x.txt", "inline", "x.txt"),
      ("/a/b/%2e%2e%2fc", "", "c"), ("/", "", "file"), ("", "", "file"), ("/?a=/b", "", "file"),
    ] as [(String, String, Text)]
  )
  func `a file is called as the answer or the address says, without folders`(
    _ path: String,
    _ disposition: String,
    _ name: Text
  ) throws {
    let fields = disposition.isEmpty ? [] : [("Content-Disposition", disposition)]
    #expect(try download(path, fields)["Filename"] == .text(name))
  }

  @Test func `an empty body is an empty file`() throws {
    let found = try download("/none.txt", [], [])
    #expect(found["Size"] == 0)
    #expect(found["File Content"] == .file(File(name: "none.txt", mediaType: "", content: [])))
  }

  @Test(arguments: ["PUT", "POST"])
  func `an Upload sends the bytes of its file`(_ verb: String) throws {
    let server = try HTTPStandIn { _ in .json("{\"id\":\"f1\"}") }
    defer { server.stop() }
    let file = File(name: "a.bin", mediaType: "application/x-own", content: [0, 255, 1])
    let found = try asking(server).ask(
      "filefunctions",
      "largeUpload",
      [
        "File/File Content": .file(file), "Destination/URL": .text(Text(server.url + "/files")),
        "Destination/Method": .text(Text(verb)), "Headers/Authorization": "Bearer t",
      ],
      outputs: ["Body/id:string", "Raw Body/body:string"]
    ).outputs()
    #expect(found["Body/id"] == "f1")
    #expect(found["Raw Body/body"] == "{\"id\":\"f1\"}")
    let request = try #require(server.requests.first)
    #expect(request.method == verb)
    #expect(request.body == file.content)
    #expect(request.field("content-type") == "application/x-own")
    #expect(request.field("authorization") == "Bearer t")
  }

  @Test func `a file that is not there is an error`() throws {
    let server = try HTTPStandIn { _ in .reply(404, [], []) }
    defer { server.stop() }
    let reply = try asking(server).ask(
      "filefunctions",
      "largeDownload",
      ["URL": .text(Text(server.url))],
      outputs: ["File Content:file"]
    )
    guard case .failure(let error) = reply.answer else {
      Issue.record("no error")
      return
    }
    #expect(error.kind == .notFound)
  }
}
