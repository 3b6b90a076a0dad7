import Foundation
import Testing

@Suite("generate-phrasebook")
struct GeneratorTests {
  /// The executable, built beside the test bundle.
  private static let executable: URL = {
    #if os(macOS)
      let products =
        Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
      return products.deletingLastPathComponent().appendingPathComponent("generate-phrasebook")
    #else
      return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("generate-phrasebook")
    #endif
  }()

  private func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test("a new run writes the committed bytes")
  func reproduces() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("phrasebook-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try run([folder.path]) == 0)
    for name in Corpus.fileNames {
      let new = try Data(contentsOf: folder.appendingPathComponent(name))
      let committed = try Data(contentsOf: Corpus.folder.appendingPathComponent(name))
      #expect(new == committed, "\(name) differs: run generate-phrasebook corpora/phrasebook and commit")
    }
    let written = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(written) == Set(Corpus.fileNames))
  }

  @Test("wrong arguments and unwritable folders end with sysexits' codes")
  func failures() throws {
    #expect(try run([]) == 64)
    #expect(try run(["--help"]) == 64)
    #expect(try run(["/dev/null/phrasebook"]) == 74)
  }
}
