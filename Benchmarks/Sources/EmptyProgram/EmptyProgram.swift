internal import Foundation

/// Does nothing: what starting any program with Foundation takes.
@main
struct EmptyProgram {
  static func main() {
    // Keeps the linker from leaving Foundation out.
    if CommandLine.arguments.count > 1 { print(Date()) }
  }
}
