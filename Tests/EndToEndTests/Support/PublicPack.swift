import Foundation
import TestSupport
import Values

/// A public pack, read where it lies, with what a test writes beside the store.
struct PublicPack {
  let name: String

  /// The export.
  var export: String { SharedData.path("okta-templates/\(name)/workflow.flopack") }

  /// A file of the pack.
  func file(_ name: String) -> String { SharedData.path("okta-templates/\(self.name)/\(name)") }

  /// The export with one text replaced, written into a folder.
  func edited(_ text: String, to other: String, in folder: String) throws -> String {
    let bytes = try SharedData.bytes("okta-templates/\(name)/workflow.flopack")
    let export = String(decoding: bytes, as: UTF8.self)
    guard export.contains(text) else { throw NotThere(text: text) }
    let path = folder + "/edited.flopack"
    try write(export.replacing(text, with: other), to: path)
    return path
  }

  struct NotThere: Error {
    let text: String
  }
}

extension ProgramStore {
  /// Writes a text into a file beside the store, and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let path = folder + "/" + name
    try write(text, to: path)
    return path
  }
}
