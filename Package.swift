// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target of the package is compiled with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For targets without pointers: the compiler proves that no unsafe code stays in them.
let memorySafe: [SwiftSetting] = strict + [.strictMemorySafety()]

/// For modules in which tests spend most of their time: optimised with `TESTS=optimized`, as `make test` does.
let tested: [SwiftSetting] =
  Context.environment["TESTS"] == "optimized"
  ? [
    .unsafeFlags(
      ["-O", "-whole-module-optimization", "-num-threads", "2"],
      .when(configuration: .debug)
    )
  ] : []

/// For the program that people install: it brings Swift's libraries along and starts faster for it.
///
/// It runs where there is no toolchain; a toolchain without the static libraries needs
/// `SHARED_SWIFT=1`.
let selfContained: [LinkerSetting] =
  Context.environment["SHARED_SWIFT"] == "1"
  ? []
  : [
    .unsafeFlags(
      ["-static-stdlib"]
        + [
          "Foundation", "CoreFoundation", "FoundationInternationalization",
          "FoundationEssentials", "_FoundationICU", "_FoundationCShims",
          "_FoundationCollections",
        ].map { "-l" + $0 },
      .when(configuration: .release)
    )
  ]

let package = Package(
  name: "auditcli",
  products: [
    .executable(name: "auditcli", targets: ["auditcli"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", exact: "1.7.3"),
  ],
  targets: [
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-16", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CCurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .target(
      name: "CSimdJSON",
      cxxSettings: [.define("SIMDJSON_EXCEPTIONS", to: "0")],
      linkerSettings: [.linkedLibrary("simdjson")]
    ),
    .target(name: "Values", swiftSettings: memorySafe + tested),
    .target(
      name: "RegularExpressions",
      dependencies: ["CPCRE2", "Values"],
      swiftSettings: strict + tested
    ),
    .target(
      name: "EventStore",
      dependencies: [
        "CLMDB", "CNettle", "CZstd", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict + tested
    ),
    .target(
      name: "Flows",
      dependencies: [
        "RegularExpressions", "Values", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: memorySafe + tested
    ),
    .target(
      name: "Replay",
      dependencies: [
        "EventStore", "Flows", "Values", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: memorySafe + tested
    ),
    .target(
      name: "Audit",
      dependencies: [
        "CSimdJSON", "EventStore", "Flows", "Replay", "Values",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Connectors",
      dependencies: ["CCurl", "Flows", "Values", .product(name: "Yams", package: "Yams")],
      resources: [
        .embedInCode("Shipped/any.yaml"), .embedInCode("Shipped/auth0.yaml"),
        .embedInCode("Shipped/filefunctions.yaml"),
        .embedInCode("Shipped/gmail.yaml"), .embedInCode("Shipped/googlecalendar.yaml"),
        .embedInCode("Shipped/googledirectory.yaml"), .embedInCode("Shipped/googledrive.yaml"),
        .embedInCode("Shipped/httpfunctions.yaml"), .embedInCode("Shipped/jamfpro.yaml"),
        .embedInCode("Shipped/jira2.yaml"), .embedInCode("Shipped/mail.yaml"),
        .embedInCode("Shipped/microsoftteams.yaml"), .embedInCode("Shipped/office365admin.yaml"),
        .embedInCode("Shipped/okta.yaml"), .embedInCode("Shipped/opsgenie.yaml"),
        .embedInCode("Shipped/pagerduty.yaml"), .embedInCode("Shipped/salesforce.yaml"),
        .embedInCode("Shipped/sendgrid.yaml"), .embedInCode("Shipped/servicenow.yaml"),
        .embedInCode("Shipped/slack.yaml"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Server",
      dependencies: [
        "Audit", "EventStore", "Flows", "Values",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "auditcli",
      dependencies: [
        "Audit", "Connectors", "EventStore", "Flows", "Replay", "Server", "Values",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: selfContained
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Audit", "EventStore", "Values"],
      path: "Tests/TestSupport",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ValuesTests",
      dependencies: ["Values", "TestSupport"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "StoreWorker",
      dependencies: ["EventStore", "TestSupport"],
      path: "Tests/StoreWorker",
      swiftSettings: strict
    ),
    .testTarget(
      name: "EventStoreTests",
      dependencies: ["EventStore", "TestSupport", "StoreWorker"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RegularExpressionsTests",
      dependencies: ["RegularExpressions", "Values", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FlowsTests",
      dependencies: [
        "Flows", "Values", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ConnectorsTests",
      dependencies: ["Connectors", "Flows", "Values", "TestSupport"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReplayTests",
      dependencies: [
        "Replay", "Flows", "EventStore", "Values", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AuditTests",
      dependencies: [
        "Audit", "Replay", "Flows", "EventStore", "Values", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "auditcli", "EventStore", "Flows", "Replay", "Audit", "Server", "Values", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Snapshots"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["auditcli", "Replay", "TestSupport", "Values"],
      swiftSettings: strict
    ),
  ],
  cxxLanguageStandard: .cxx17
)

// MARK: - Fuzzing

/// Loader and interpreter once more, instrumented so that libFuzzer sees which way a run took.
///
/// They stand in this package so that what they rest on is built once. `Fuzzing/Modules` holds links to the
/// sources, since a source belongs to one target. `FUZZING=optimized` takes two minutes more to build and runs
/// four times as fast as `FUZZING=1`.
if let fuzzing = Context.environment["FUZZING"] {
  let optimization =
    fuzzing == "optimized" ? ["-O", "-whole-module-optimization", "-num-threads", "2"] : []
  let aliases = ["Values", "RegularExpressions", "Flows"]
    .flatMap { ["-module-alias", "\($0)=Fuzzed\($0)"] }
  let instrumented: [SwiftSetting] =
    strict + [.unsafeFlags(["-sanitize=fuzzer"] + optimization + aliases)]
  let module = { (name: String, dependencies: [Target.Dependency]) -> Target in
    .target(
      name: "Fuzzed" + name,
      dependencies: dependencies,
      path: "Fuzzing/Modules/" + name,
      swiftSettings: instrumented
    )
  }
  package.targets += [
    module("Values", []),
    module("RegularExpressions", ["CPCRE2", "FuzzedValues"]),
    module(
      "Flows",
      [
        "FuzzedRegularExpressions", "FuzzedValues",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]
    ),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["FuzzedFlows", "FuzzedValues"],
      path: "Fuzzing/Fuzz",
      swiftSettings: instrumented,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
  ]
}
