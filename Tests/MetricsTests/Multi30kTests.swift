import Foundation
import TranslationMetrics
import Testing

/// All metrics on real text: the French test set of Multi30k, which stands beside the checkout for measuring
/// and is not part of this project.
///
/// Three outputs are made from it by rule. The golden values are sacreBLEU 2.6.0's in Python 3.11, for `r`
/// the lines of `test_2016_flickr.fr` and each setting:
///
/// ```python
/// def edit(i, line):
///     w = [x for j, x in enumerate(line.split(' ')) if (i * 7 + j * 3) % 11]
///     for j in range(len(w) - 1):
///         if (i + j) % 6 == 0: w[j], w[j + 1] = w[j + 1], w[j]
///     return ' '.join(w)
/// edited = [edit(i, l) for i, l in enumerate(r)]
/// shuffled = [edited[(i * 617 + 13) % 1000] for i in range(1000)]
/// truncated = ['' if i % 50 == 7 else ' '.join(l.split(' ')[:len(l.split(' ')) * 3 // 5])
///              for i, l in enumerate(edited)]
/// ", ".join(f"{metric.corpus_score(h, [r]).score:.10f}" for h in (edited, shuffled, truncated))
/// ```
@Suite("Multi30k")
struct Multi30kTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/corpora/multi30k/test_2016_flickr.fr").standardizedFileURL.path

  private static let outputs: (reference: [String], systems: [[String]])? = {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let reference = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    func words(_ line: String) -> [Substring] { line.split(separator: " ", omittingEmptySubsequences: false) }
    let edited = reference.enumerated().map { index, line in
      var kept = words(line).enumerated().filter { (index * 7 + $0.offset * 3) % 11 != 0 }.map(\.element)
      for place in 0..<max(0, kept.count - 1) where (index + place) % 6 == 0 { kept.swapAt(place, place + 1) }
      return kept.joined(separator: " ")
    }
    let shuffled = edited.indices.map { edited[($0 * 617 + 13) % 1_000] }
    let truncated = edited.enumerated().map { index, line in
      index % 50 == 7 ? "" : words(line).prefix(words(line).count * 3 / 5).joined(separator: " ")
    }
    return (reference, [edited, shuffled, truncated])
  }()

  private static let golden: [(any CorpusMetric, [Double])] = [
    (BLEU(), [38.0747004885, 0.3566222815, 12.9067795135]),
    (BLEU(lowercase: true), [38.0747004885, 0.3751004055, 12.9067795135]),
    (BLEU(tokenizer: .none), [34.5674626635, 0.3224244271, 14.5310039110]),
    (BLEU(tokenizer: .intl), [42.6642059981, 0.9438117985, 14.1571213169]),
    (BLEU(tokenizer: .char), [78.1411955410, 12.4570492169, 29.9129430225]),
    (BLEU(tokenizer: .zh), [38.0777991416, 0.3566087575, 12.9088238280]),
    (BLEU(smoothing: .none, maximumOrder: 6), [15.4198682681, 0.0000000000, 4.2645860827]),
    (BLEU(smoothing: .addK(0.5)), [38.0783689814, 0.3823220378, 12.9102653612]),
    (CHRF(), [72.1416371028, 15.9608469808, 40.9570537095]),
    (CHRF(wordOrder: 2), [71.7793598780, 14.0235656994, 40.2799587141]),
    (CHRF(characterOrder: 4, beta: 3, whitespace: true), [86.2065408406, 27.3402560585, 46.8149758457]),
    (
      CHRF(wordOrder: 1, lowercase: true, epsilonSmoothing: true),
      [75.1105882931, 16.4918362645, 42.6271568355]
    ),
    (TER(), [22.9679404145, 108.7111398964, 56.8652849741]),
    (TER(caseSensitive: true, normalized: true), [21.7697149204, 103.5616438356, 59.7112180674]),
    (TER(ignoresPunctuation: true, asianSupport: true), [22.9679404145, 108.6706606218, 56.8652849741]),
  ]

  @Test(
    "scores of three outputs under fifteen settings are sacreBLEU's",
    .enabled(if: outputs != nil, "there is no corpus at \(path)"))
  func scores() throws {
    let (reference, systems) = try #require(Self.outputs)
    try #require(reference.count == 1_000)
    func check(_ metric: some CorpusMetric, _ expected: [Double]) throws {
      for (lines, value) in zip(systems, expected) {
        let score = try metric.corpusScore(hypotheses: lines, references: [reference])
        #expect(abs(score.value - value) < 1e-10, "\(metric): \(score.value) instead of \(value)")
      }
    }
    for (metric, expected) in Self.golden { try check(metric, expected) }
  }
}
