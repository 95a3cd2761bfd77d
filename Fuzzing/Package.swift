// swift-tools-version: 6.2

import PackageDescription

/// What the project's own modules are compiled with, as in its `Package.swift`, and what tells the
/// fuzzer which way a run took.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-sanitize=fuzzer"]),
]

/// A module of the project: `Modules` holds links to the sources, since the project offers a program
/// and no libraries.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name,
    dependencies: dependencies + [
      .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "CryptoExtras", package: "swift-crypto"),
    ],
    path: "Modules/\(name)",
    swiftSettings: strict
  )
}

let package = Package(
  name: "Fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Modules/CPCRE2", pkgConfig: "libpcre2-16"),
    module("Values", []),
    module("RegularExpressions", ["CPCRE2", "Values"]),
    module("Flows", ["RegularExpressions", "Values"]),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["Flows", "Values"],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
  ]
)
