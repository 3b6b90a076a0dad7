// swift-tools-version: 6.1
import PackageDescription

// The rooms and which way their imports run: see ARCHITECTURE.md.
let package = Package(
  name: "passerelle",
  platforms: [.macOS(.v13)],
  products: [
    .library(
      name: "Passerelle",
      targets: ["Text", "Storage", "Tensors", "Layers", "Alignment", "Metrics", "Seq2Seq"]),
    .executable(name: "tokenize", targets: ["tokenize"]),
    .executable(name: "build-vocab", targets: ["build-vocab"]),
    .executable(name: "train-seq2seq", targets: ["train-seq2seq"]),
    .executable(name: "translate", targets: ["translate"]),
    .executable(name: "score", targets: ["score"]),
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
    .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
    .target(name: "CVectorMath", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // The library.
    .target(
      name: "Text",
      dependencies: ["CICU", .product(name: "Collections", package: "swift-collections")]),
    .target(
      name: "Storage", dependencies: ["Text", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "Tensors", dependencies: ["COneDNN", "CVectorMath"]),
    .target(name: "Layers", dependencies: ["Tensors"]),
    .target(name: "Alignment"),
    .target(name: "Metrics"),
    .target(name: "Seq2Seq", dependencies: ["Text", "Storage", "Layers", "Tensors", "Alignment"]),

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
        "Seq2Seq", "Metrics", "Console", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "translate",
      dependencies: [
        "Seq2Seq", "Tensors", "Alignment", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "score",
      dependencies: [
        "Metrics", "Alignment", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "generate-phrasebook", path: "corpora/phrasebook/Generator"),

    .testTarget(name: "TextTests", dependencies: ["Text"], resources: [.copy("Golden")]),
    .testTarget(name: "StorageTests", dependencies: ["Storage"]),
    // Plain f64 versions, which the tests hold the fast ones against.
    .target(name: "Reference", path: "Tests/Reference"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CVectorMath", "Reference"]),
    .testTarget(name: "LayersTests", dependencies: ["Layers", "Tensors", "Reference"]),
    .testTarget(name: "AlignmentTests", dependencies: ["Alignment"]),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics"]),
    .testTarget(
      name: "Seq2SeqTests",
      dependencies: ["Seq2Seq", "Layers", "Tensors", "Storage", "Text", "Alignment", "Reference"]),
    .testTarget(name: "PhrasebookTests", dependencies: ["Text"]),
    .testTarget(name: "CommandLineTests", dependencies: ["Storage", "Console"]),
  ],
  swiftLanguageModes: [.v6]
)
