// swift-tools-version: 6.2

import PackageDescription

/// A server that does nothing, beside which `serve` is measured; of its own, since Hummingbird takes
/// minutes to build.
let package = Package(
  name: "EmptyHandler",
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    .executableTarget(
      name: "EmptyHandler",
      dependencies: [
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ]
    )
  ]
)
