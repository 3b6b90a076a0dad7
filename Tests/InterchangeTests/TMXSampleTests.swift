import Foundation
import Interchange
import Testing

/// The TMX files of the public corpora, with what each should yield.
@Suite("TMX samples", .enabled(if: Corpora.exist("tmx-samples"), "needs ../shared/corpora/tmx-samples"))
struct TMXSampleTests {
  /// A file, two languages, and how many pairs and skipped units there are.
  struct Sample: CustomTestStringConvertible {
    let file: String
    let source: String
    let target: String
    let pairs: Int
    let skipped: Int

    init(_ file: String, _ source: String, _ target: String, _ pairs: Int, _ skipped: Int = 0) {
      (self.file, self.source, self.target, self.pairs, self.skipped) = (file, source, target, pairs, skipped)
    }

    var testDescription: String { "\(file) \(source)-\(target)" }
  }

  static let samples = [
    Sample("empty.tmx", "en", "fr", 0), Sample("en-US_sr.tmx", "en", "sr", 1),
    Sample("project_save.tmx", "en", "fr", 5), Sample("resegmenting11.tmx", "en", "fr", 1),
    Sample("test-level1.tmx", "en", "be", 4), Sample("test-level1.tmx", "en", "es", 2, 2),
    Sample("test-match-stat-en-ca11.tmx", "en", "ca", 259),
    Sample("test-missingSource.tmx", "en", "be", 3, 1),
    Sample("test-multiple-tuv.tmx", "en", "fr", 2, 1), Sample("test-multiple-tuv.tmx", "en-US", "es", 2, 1),
    Sample("test-multiple-tuv.tmx", "en", "fr-CA", 3, 1), Sample("test-multiple-tuv14.tmx", "en", "fr", 2, 1),
    Sample("test-omegat.tmx", "en", "be", 4), Sample("test-save-tmx14.tmx", "en", "be", 4),
    Sample("penalty-010/segment_1.tmx", "ja", "fr", 1),
    Sample("TMXComplianceKit/ExportTest1B.tmx", "en", "fr", 2),
    Sample("TMXComplianceKit/ExportTest1C.tmx", "en", "fr", 4),
    Sample("TMXComplianceKit/ExportTest1D.tmx", "en", "fr", 4),
    Sample("TMXComplianceKit/ExportTest1E.tmx", "en", "fr", 4),
    Sample("TMXComplianceKit/ExportTest2A.tmx", "en", "fr", 6),
    Sample("TMXComplianceKit/ImportTest1A.tmx", "en", "fr-ca", 2),
    Sample("TMXComplianceKit/ImportTest1B.tmx", "en", "fr", 1),
    Sample("TMXComplianceKit/ImportTest1C.tmx", "en-us", "fr-ca", 3),
    Sample("TMXComplianceKit/ImportTest1F.tmx", "en-us", "en-gb", 3),
    Sample("TMXComplianceKit/ImportTest1G.tmx", "en-us", "en-gb", 3),
    Sample("TMXComplianceKit/ImportTest1H.tmx", "en-us", "en-gb", 3),
    Sample("TMXComplianceKit/ImportTest1I.tmx", "en-us", "ja-jp", 1),
    Sample("TMXComplianceKit/ImportTest1J.tmx", "en-us", "en-gb", 2),
    // Its own comment: "only first and second entries should be imported".
    Sample("TMXComplianceKit/ImportTest1J_many.tmx", "en-us", "en-gb", 2, 1),
    Sample("TMXComplianceKit/ImportTest1K.tmx", "de-de", "en-gb", 1, 1),
    Sample("TMXComplianceKit/ImportTest1L.tmx", "en-us", "fr", 1),
    Sample("TMXComplianceKit/ImportTest2A.tmx", "en-us", "fr-ca", 7),
    Sample("TMXComplianceKit/ImportTest2B.tmx", "en-us", "fr-ca", 7),
    Sample("TMXComplianceKit/ImportTest2C.tmx", "en-us", "fr-ca", 1),
  ]

  private func entries(_ sample: Sample) throws -> [InterchangeEntry] {
    let reader = try TMXReader(
      ByteSource(path: Corpora.path("tmx-samples/\(sample.file)")), sourceLanguage: sample.source,
      targetLanguage: sample.target)
    var entries: [InterchangeEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  @Test("Each file yields its pairs", arguments: samples)
  func yield(sample: Sample) throws {
    let found = try entries(sample).map(Found.init)
    let pairs = found.filter { if case .pair = $0 { true } else { false } }.count
    #expect(pairs == sample.pairs && found.count - pairs == sample.skipped, "\(found.prefix(10))")
  }

  @Test("The table names every TMX file there is")
  func isComplete() throws {
    let files = try Corpora.files(below: "tmx-samples", ".tmx")
    #expect(Set(files) == Set(Self.samples.map(\.file)))
  }

  @Test("A ZIP archive is refused")
  func archive() throws {
    let words = try #require(message { _ = try entries(Sample("test-level2.tmx.zip", "en", "fr", 0)) })
    #expect(words.contains("test-level2.tmx.zip:1: ") && words.contains("unzip"))
  }

  // The text files beside the compliance kit's imports are what the targets should read.
  @Test(
    "The texts are those that the compliance kit expects",
    arguments: [
      ("ImportTest1A", "fr-ca"), ("ImportTest1B", "fr-ca"), ("ImportTest1C", "fr-ca"),
      ("ImportTest1F", "en-gb"),
      ("ImportTest1G", "en-gb"), ("ImportTest1H", "en-gb"),
    ])
  func texts(name: String, language: String) throws {
    let path = Corpora.path("tmx-samples/TMXComplianceKit/\(name)_\(language).txt")
    let expected = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline).map { String($0) }
    let found = try entries(Sample("TMXComplianceKit/\(name).tmx", "en-us", language, 0)).map(Found.init)
    let targets = found.map { if case .pair(_, let target) = $0 { target } else { "" } }
    #expect(targets == expected)
  }

  @Test(
    "Filling a language that is there leaves each file byte for byte",
    arguments: samples.filter { $0.skipped == 0 })
  func fillNothing(sample: Sample) throws {
    let path = Corpora.path("tmx-samples/\(sample.file)")
    let filler = TMXFiller(
      try ByteSource(path: path), sourceLanguage: sample.source, targetLanguage: sample.target,
      tool: ("t", "1"))
    var written: [UInt8] = []
    let summary = try filler.run(
      translate: { $0 }, write: { written += $0 }, report: { _ in })
    #expect(summary.filled == 0 && summary.kept == summary.total)
    #expect(try Data(written) == Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test(
    "Filling a new language adds a pair for each text filled, and changes nothing else", arguments: samples)
  func fillAll(sample: Sample) throws {
    let source = try ByteSource(path: Corpora.path("tmx-samples/\(sample.file)"))
    let filler = TMXFiller(
      source, sourceLanguage: sample.source, targetLanguage: "eo", tool: ("t", "1"))
    var written: [UInt8] = []
    let summary = try filler.run(translate: { $0 }, write: { written += $0 }, report: { _ in })
    func pairs(_ target: String) throws -> [Found] {
      try readTMX(written, sample.source, target).map(Found.init).filter {
        if case .pair = $0 { true } else { false }
      }
    }
    #expect(try pairs("eo").count == summary.filled)
    #expect(summary.filled + summary.leftOutCount + summary.withoutSource == summary.total)
    #expect(try pairs(sample.target).count == sample.pairs)
    for case .pair(let text, let translation) in try pairs("eo") { #expect(text == translation) }
  }
}
