import Foundation
import Storage
import Text

/// All that `tokenize inspect` knows of a corpus, in the form that `--format json` prints.
struct CorpusReport: Encodable {
  /// One side of a split.
  struct Side: Encodable {
    struct Lengths: Encodable {
      struct Bin: Encodable {
        let from: Int
        let to: Int
        let sentences: Int
      }

      let tokens: Int
      let mean: Double
      /// By their names: `5%`, `50%` and so on.
      let percentiles: [String: Int]
      let maximum: Int
      let histogram: [Bin]
    }

    struct Coverage: Encodable {
      let pieces: Int
      let unknownPieces: Int
      let unknownRate: Double
      let knownTokens: Int
      let tokenCoverage: Double
      let symbolsSeen: Int
    }

    let language: String
    let lengths: Lengths
    let coverage: Coverage?
  }

  struct Rejection: Encodable {
    let rule: String
    let pairs: Int
    let first: String
  }

  struct SplitPart: Encodable {
    let split: String
    let pairs: Int
    let leftOut: Int
    let source: Side?
    let target: Side?
    let rejected: [Rejection]
    /// Pairs that the newest vocabulary has not been applied to.
    let pairsWithoutSegments: Int?
  }

  struct VocabularyPart: Encodable {
    let name: String
    let kind: String
    let sourceSymbols: Int
    let targetSymbols: Int
    let isShared: Bool
  }

  struct ImportPart: Encodable {
    let split: String
    let mode: String
    let origins: [String]
    let cleaning: Cleaning
    let candidates: Int
    let taken: Int
    let createdAt: String
    let toolVersion: String
  }

  let corpus: String
  let sourceLanguage: String
  let targetLanguage: String
  let createdAt: String
  let licence: String
  let source: String
  let splits: [SplitPart]
  let vocabulary: VocabularyPart?
  let imports: [ImportPart]

  /// The percentiles that are told.
  static let percents = [5, 25, 50, 75, 95, 99]

  /// Reads a corpus.
  ///
  /// - Parameter progress: is told how many pairs were looked at since the last time.
  init(_ database: CorpusDatabase, splits wanted: [Split], progress: (Int) -> Void) throws {
    let about = try database.description()
    corpus = database.path
    sourceLanguage = database.sourceLanguage
    targetLanguage = database.targetLanguage
    createdAt = about.createdAt
    licence = about.licence
    source = about.source
    let record = try database.vocabulary()
    let readers = try SplitScan.Readers(database, record)
    vocabulary = record.flatMap { record in
      readers.codecs.map { codecs in
        VocabularyPart(
          name: record.name, kind: record.sourceConfiguration.kind.rawValue,
          sourceSymbols: codecs.source.vocabulary.count, targetSymbols: codecs.target.vocabulary.count,
          isShared: record.isShared)
      }
    }
    imports = try database.imports().filter { wanted.contains($0.split) }.map(ImportPart.init)
    let vocabularyID = try database.vocabularyID()
    let rejections = try database.rejectionCounts()
    splits = try wanted.map { split in
      let scan = try SplitScan(database, split, readers, progress: progress)
      let rejected = rejections.filter { $0.split == split }
      let pairs = scan.source.lengths.sentences
      let ranges = LengthCounts.ranges(covering: [scan.source.lengths, scan.target.lengths])
      let hasVocabulary = record != nil
      return SplitPart(
        split: split.rawValue, pairs: pairs, leftOut: rejected.reduce(0) { $0 + $1.count },
        source: pairs == 0 ? nil : Side(database.sourceLanguage, scan.source, ranges, hasVocabulary),
        target: pairs == 0 ? nil : Side(database.targetLanguage, scan.target, ranges, hasVocabulary),
        rejected: rejected.map { Rejection(rule: $0.rule.rawValue, pairs: $0.count, first: $0.firstPlace) },
        pairsWithoutSegments: try vocabularyID.map {
          try database.countWithoutSegments(vocabulary: $0, split: split)
        })
    }
  }

  /// The report as one JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension CorpusReport.Side {
  init(
    _ language: String, _ statistics: SideStatistics, _ ranges: [ClosedRange<Int>], _ hasVocabulary: Bool
  ) {
    let counts = statistics.lengths
    self.language = language
    lengths = Lengths(
      tokens: counts.total, mean: (counts.mean * 100).rounded() / 100,
      percentiles: Dictionary(
        uniqueKeysWithValues: CorpusReport.percents.map { ("\($0)%", counts.percentile($0)) }),
      maximum: counts.maximum,
      histogram: ranges.map { range in
        Lengths.Bin(from: range.lowerBound, to: range.upperBound, sentences: counts.count(in: range))
      })
    let (tokens, pieces) = (Double(max(counts.total, 1)), Double(max(statistics.pieces, 1)))
    coverage =
      hasVocabulary
      ? Coverage(
        pieces: statistics.pieces, unknownPieces: statistics.unknownPieces,
        unknownRate: Double(statistics.unknownPieces) / pieces, knownTokens: statistics.knownTokens,
        tokenCoverage: Double(statistics.knownTokens) / tokens, symbolsSeen: statistics.symbolsSeen) : nil
  }
}

extension CorpusReport.ImportPart {
  init(_ record: ImportRecord) {
    split = record.split.rawValue
    mode = record.mode.rawValue
    origins = record.origins
    cleaning = record.cleaning
    candidates = record.candidates
    taken = record.taken
    createdAt = record.createdAt
    toolVersion = record.toolVersion
  }
}
