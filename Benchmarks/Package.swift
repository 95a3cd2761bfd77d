// swift-tools-version: 6.2

import PackageDescription

/// What the project's own modules are compiled with, as in its `Package.swift`.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For modules without pointers.
let memorySafe: [SwiftSetting] = strict + [.strictMemorySafety()]

/// A module of the project: `Modules` holds links to the sources, since the project offers a program
/// and no libraries.
func module(
  _ name: String,
  _ dependencies: [Target.Dependency],
  _ settings: [SwiftSetting] = strict
) -> Target {
  .target(
    name: name,
    dependencies: dependencies + [
      .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "CryptoExtras", package: "swift-crypto"),
    ],
    path: "Modules/\(name)",
    swiftSettings: settings
  )
}

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")
  ],
  targets: [
    .systemLibrary(name: "CLMDB", path: "Modules/CLMDB", pkgConfig: "lmdb"),
    .systemLibrary(name: "CZstd", path: "Modules/CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CNettle", path: "Modules/CNettle", pkgConfig: "nettle"),
    .systemLibrary(name: "CPCRE2", path: "Modules/CPCRE2", pkgConfig: "libpcre2-16"),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "CSimdJSON",
      path: "Modules/CSimdJSON",
      cxxSettings: [.define("SIMDJSON_EXCEPTIONS", to: "0")],
      linkerSettings: [.linkedLibrary("simdjson")]
    ),
    module("Values", [], memorySafe),
    module("EventStore", ["CLMDB", "CNettle", "CZstd"]),
    module("RegularExpressions", ["CPCRE2", "Values"]),
    module("Flows", ["RegularExpressions", "Values"], memorySafe),
    module("Replay", ["EventStore", "Flows", "Values"], memorySafe),
    module("Audit", ["CSimdJSON", "EventStore", "Flows", "Replay", "Values"]),
    module("TestSupport", ["Audit", "EventStore", "Values"]),
    .executableTarget(name: "EmptyProgram", swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Audit", "CLMDB", "CSQLite", "EventStore", "Flows", "Replay", "TestSupport", "Values",
      ],
      swiftSettings: strict
    ),
  ],
  cxxLanguageStandard: .cxx17
)
