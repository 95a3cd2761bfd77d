/// A reason why a command could not do what it was asked, with the remedy where there is one.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
