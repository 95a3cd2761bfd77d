/// A file as cards pass it: a name, a media type and bytes.
public struct File: Hashable, Sendable {
  /// The name, with its extension.
  public var name: Text
  /// The media type, such as `text/csv`; empty if none was given.
  public var mediaType: Text
  /// The bytes.
  public var content: [UInt8]

  /// Makes a file.
  public init(name: Text, mediaType: Text, content: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.content = content
  }
}
