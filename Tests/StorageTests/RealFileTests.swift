import Foundation
import Interchange
import Storage
import Testing

/// Files that people have, from the folder of corpora beside the checkout, or that `CORPORA_DIR` names.
@Suite struct RealFileTests {
  static let corpora: URL = {
    if let folder = ProcessInfo.processInfo.environment["CORPORA_DIR"] { return URL(fileURLWithPath: folder) }
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return checkout.deletingLastPathComponent().appendingPathComponent("shared/corpora")
  }()

  private static func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: corpora.appendingPathComponent(name).path)
  }

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func files(_ name: String, ending: String) throws -> [String] {
    let folder = Self.corpora.appendingPathComponent(name)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return names.filter { $0.hasSuffix(ending) }.sorted().map { folder.appendingPathComponent($0).path }
  }

  private func corpus(_ source: String, _ target: String) throws -> CorpusDatabase {
    let name = "\(UUID().uuidString).sqlite"
    return try CorpusDatabase(
      creatingOrOpening: folder.path(name), sourceLanguage: source, targetLanguage: target)
  }

  @Test(
    "285 catalogues have 15,566 translations, and 2,461 fuzzy ones that stay out",
    .enabled(if: holds("python-docs-fr"), "no python-docs-fr in ../shared/corpora or $CORPORA_DIR"))
  func catalogues() throws {
    let inputs = try files("python-docs-fr", ending: ".po").map { CorpusInput.po(.path($0)) }
    #expect(inputs.count == 285)
    let corpus = try corpus("en", "fr")
    let summary = try corpus.importPairs(from: inputs, split: .train, cleaning: .none)
    #expect(summary.imported == 15_566)
    #expect(summary.tallies[.fuzzy]?.leftOut == 2_461)
    let counts = try corpus.rejectionCounts().map { "\($0.rule.rawValue) \($0.count)" }
    #expect(counts == ["untranslated 14454", "fuzzy 2461", "obsolete 1964"])
  }

  @Test(
    "Each translation memory imports or is refused with its name and a reason",
    .enabled(if: holds("tmx-samples"), "no tmx-samples in ../shared/corpora or $CORPORA_DIR"))
  func memories() throws {
    let paths = try files("tmx-samples", ending: ".tmx")
    #expect(paths.count == 31)
    var taken: [String: Int] = [:]
    var refused: [String: String] = [:]
    for path in paths {
      let name = URL(fileURLWithPath: path).lastPathComponent
      let target = name == "test-match-stat-en-ca11.tmx" ? "ca" : name == "en-US_sr.tmx" ? "sr" : "fr"
      do {
        let summary = try corpus("en", target).importPairs(
          from: [.tmx(.path(path))], split: .train, cleaning: .none)
        taken[name] = summary.imported
      } catch let error as InterchangeError {
        refused[name] = error.description
      } catch let error as StorageError {
        refused[name] = error.description
      }
      if let reason = refused[name] { #expect(reason.hasPrefix(path), "\(reason)") }
    }
    #expect(taken["test-match-stat-en-ca11.tmx"] == 259)
    #expect(taken["project_save.tmx"] == 5)
    #expect(taken["ImportTest2A.tmx"] == 7)
    #expect(taken["en-US_sr.tmx"] == 1)
    #expect(try #require(refused["empty.tmx"]).contains("there is none in it"))
    // Belarusian and Spanish only.
    #expect(try #require(refused["test-level1.tmx"]).contains("missing-target, first"))
    #expect(taken.count + refused.count == paths.count)
  }
}
