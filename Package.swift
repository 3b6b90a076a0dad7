// swift-tools-version: 6.1
import PackageDescription

// Foundation takes longer to load than a thousand sentences take to score. Where this is set, as the Makefile does on
// Linux, score has all its libraries within itself at fixed addresses, so that nothing is loaded or relocated when it
// starts. It is no setting for packages that depend on this one.
let scoreLinkerSettings: [LinkerSetting] =
  Context.environment["PASSERELLE_STATIC_SCORE"] != "1"
  ? []
  : [
    .unsafeFlags(
      ["-static-executable", "-use-ld=lld"]
        + [
          "Foundation", "FoundationInternationalization", "FoundationEssentials", "CoreFoundation",
          "_FoundationICU",
          "_FoundationCShims", "_FoundationCollections", "swiftSynchronization", "swiftDispatch", "dispatch",
          "BlocksRuntime", "stdc++", "m",
        ].map { "-l\($0)" }, .when(platforms: [.linux]))
  ]

// The rooms and which way their imports run: see ARCHITECTURE.md.
let package = Package(
  name: "passerelle",
  platforms: [.macOS(.v13)],
  products: [
    .library(
      name: "Passerelle",
      targets: [
        "Text", "Interchange", "Storage", "Tensors", "Layers", "Alignment", "TranslationMetrics", "Seq2Seq",
      ]),
    .executable(name: "tokenize", targets: ["tokenize"]),
    .executable(name: "build-vocab", targets: ["build-vocab"]),
    .executable(name: "train-seq2seq", targets: ["train-seq2seq"]),
    .executable(name: "translate", targets: ["translate"]),
    .executable(name: "score", targets: ["score"]),
    .executable(name: "score-model", targets: ["score-model"]),
    .executable(name: "generate-phrasebook", targets: ["generate-phrasebook"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The doors to C.
    .systemLibrary(
      name: "CICUSystem", pkgConfig: "icu-i18n",
      providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    .target(
      name: "CICU", dependencies: ["CICUSystem"],
      linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CLibXML2System", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .target(
      name: "CLibXML2", dependencies: ["CLibXML2System"], linkerSettings: [.linkedLibrary("xml2")]),
    .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
    .target(name: "CVectorMath", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // The library.
    .target(
      name: "Text",
      dependencies: ["CICU", .product(name: "Collections", package: "swift-collections")]),
    .target(name: "Interchange", dependencies: ["CZlib", "CLibXML2"]),
    .target(
      name: "Storage",
      dependencies: [
        "Text", "Interchange", "CZlib", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "Tensors", dependencies: ["COneDNN", "CVectorMath"]),
    .target(name: "Layers", dependencies: ["Tensors"]),
    .target(name: "Alignment"),
    // In a program beside swift-metrics, whose module is Metrics, names must differ.
    .target(name: "TranslationMetrics", path: "Sources/Metrics"),
    .target(
      name: "Seq2Seq",
      dependencies: [
        "Text", "Storage", "Layers", "Tensors", "Alignment",
        .product(name: "BitCollections", package: "swift-collections"),
      ]),

    // The command lines.
    .target(name: "Console"),
    .target(
      name: "TextFlags",
      dependencies: ["Text", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .executableTarget(
      name: "tokenize",
      dependencies: [
        "Text", "Storage", "Console", "TextFlags",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "build-vocab",
      dependencies: [
        "Text", "Storage", "Console", "TextFlags",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "train-seq2seq",
      dependencies: [
        "Seq2Seq", "TranslationMetrics", "Console", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "translate",
      dependencies: [
        "Seq2Seq", "Tensors", "Alignment", "Interchange", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "score",
      dependencies: [
        "TranslationMetrics", "Alignment", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: scoreLinkerSettings),
    // What score --model starts: apart from score, for a model's libraries take as long to load as a score takes.
    .executableTarget(
      name: "score-model",
      dependencies: [
        "Seq2Seq", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "generate-phrasebook", path: "corpora/phrasebook/Generator"),
    .executableTarget(name: "benchmark-products", dependencies: ["COneDNN"], path: "Benchmarks/Products"),

    .testTarget(name: "TextTests", dependencies: ["Text"], resources: [.copy("Golden")]),
    .testTarget(name: "InterchangeTests", dependencies: ["Interchange"]),
    .testTarget(
      name: "StorageTests",
      dependencies: ["Storage", "Interchange", .product(name: "GRDBSQLite", package: "GRDB.swift")],
      resources: [.copy("Golden")]),
    // Plain f64 versions, which the tests hold the fast ones against.
    .target(name: "Reference", path: "Tests/Reference"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "COneDNN", "CVectorMath", "Reference"]),
    .testTarget(name: "LayersTests", dependencies: ["Layers", "Tensors", "Reference"]),
    .testTarget(name: "AlignmentTests", dependencies: ["Alignment"]),
    .testTarget(name: "MetricsTests", dependencies: ["TranslationMetrics"]),
    .testTarget(
      name: "Seq2SeqTests",
      dependencies: ["Seq2Seq", "Layers", "Tensors", "Storage", "Text", "Alignment", "Reference"]),
    .testTarget(name: "PhrasebookTests", dependencies: ["Text"]),
    .testTarget(name: "CommandLineTests", dependencies: ["Storage", "Console"]),
  ],
  swiftLanguageModes: [.v6]
)
