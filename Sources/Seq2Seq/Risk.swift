import Foundation
import Layers
import Tensors
import Text

/// How the model's own translations take part in the loss: minimum risk training (Shen et al. 2016).
public struct RiskOptions: Codable, Hashable, Sendable {
  /// Translations of each sentence, of a beam as wide; 0 for none.
  public var candidates = 0
  /// The weight of a sentence's risk, for each word of its reference, beside the cross-entropy of that word.
  public var weight: Float = 5
  /// The power `α` that probabilities are raised to before they are shared out among the translations.
  public var sharpness: Float = 0.2
  /// Epochs before the first with it.
  public var after = 0

  /// None.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case candidates, weight, sharpness, after
  }

  /// Reads settings; those that an older file does not have are the defaults.
  public init(from decoder: any Swift.Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try fields.read(.candidates, into: &candidates)
    try fields.read(.weight, into: &weight)
    try fields.read(.sharpness, into: &sharpness)
    try fields.read(.after, into: &after)
  }

  /// Whether an epoch, counted from 1, has it.
  func isActive(epoch: Int) -> Bool { candidates > 0 && epoch > after }
}

/// Translations that a model made of the sentences of a batch, and how much likelier each is to become.
///
/// The risk of a sentence is the expected loss of its translations `u` (Shen et al. 2016, eq. 9 to 11), here of 1 less
/// their score `g`:
/// ```
/// R = Σ Q(u) (1 - g(u)),  Q(u) = p(u)^α / Σ p(u')^α
/// ∂R / ∂log p(u) = -α Q(u) (g(u) - Σ Q(u') g(u'))
/// ```
/// That is the gradient of a weighted cross-entropy, of better translations than expected with a positive weight, and of
/// worse ones with a negative.
public struct RiskSample: Sendable {
  /// A translation.
  public struct Candidate: Sendable {
    /// Ids without `</s>`.
    public let ids: [TokenID]
    /// `log p(u)` in nats.
    public let logProbability: Float
    /// `g(u)`, from 0 to 1.
    public let score: Float

    /// A translation with what is known of it.
    public init(ids: [TokenID], logProbability: Float, score: Float) {
      self.ids = ids
      self.logProbability = logProbability
      self.score = score
    }
  }

  /// The translations, with the place of their sentence in the batch and the weight of their cross-entropy.
  let weighted: [(sentence: Int, ids: [TokenID], weight: Float)]
  /// The weighted risks, added up.
  let risk: Double

  /// The weight of the cross-entropy of each translation.
  public var weights: [Float] { weighted.map(\.weight) }

  /// - Parameters:
  ///   - candidates: those of each sentence of the batch.
  ///   - lengths: words of each reference, `</s>` counted.
  public init(_ candidates: [[Candidate]], lengths: [Int], _ options: RiskOptions) {
    var weighted: [(sentence: Int, ids: [TokenID], weight: Float)] = []
    var risk = 0.0
    for (sentence, (own, length)) in zip(candidates, lengths).enumerated() where !own.isEmpty {
      let most = own.map(\.logProbability).max()!
      let powers = own.map { exp(Double(options.sharpness * ($0.logProbability - most))) }
      let sum = powers.reduce(0, +)
      let expected = zip(powers, own).reduce(0) { $0 + $1.0 / sum * Double($1.1.score) }
      let factor = Double(options.weight) * Double(length)
      risk += factor * (1 - expected)
      for (power, candidate) in zip(powers, own) {
        let slope = power / sum * (Double(candidate.score) - expected)
        weighted.append(
          (sentence, candidate.ids, Float(factor * Double(options.sharpness) * slope)))
      }
    }
    self.weighted = weighted
    self.risk = risk
  }
}

/// Makes the translations that risk is measured on, with the parameters as they are.
final class RiskSampler: @unchecked Sendable {
  private let options: RiskOptions
  private let codecs: (source: TextCodec, target: TextCodec)
  private let scorer: Trainer.SentenceScorer
  private let copy: Seq2SeqModel
  private let searchers: [BeamSearcher]

  init(
    _ configuration: ModelConfiguration, _ options: RiskOptions,
    codecs: (source: TextCodec, target: TextCodec), workers: Int,
    scorer: @escaping Trainer.SentenceScorer
  ) throws {
    self.options = options
    self.codecs = codecs
    self.scorer = scorer
    let copy = try Seq2SeqModel(withoutValues: configuration)
    self.copy = copy
    searchers = (0..<workers).map { _ in BeamSearcher(copy) }
  }

  /// Translates the sources of batches with the parameters of a model, each worker its shares.
  ///
  /// - Parameter shares: for each batch that of each worker.
  /// - Throws: what the scorer throws.
  func samples(_ shares: [[SentenceBatch?]], _ model: Seq2SeqModel, _ pool: WorkerPool) throws
    -> [[RiskSample?]]
  {
    // 8-bit weights: the search takes half of the time that it takes in f32, and finds nearly the same.
    copy.pack(model, .int8)
    let workers = pool.count
    let found = Results<Result<RiskSample, any Error>>(count: shares.count * workers)
    pool.run { [self] worker in
      for (place, batch) in shares.enumerated() {
        guard let share = batch[worker] else { continue }
        found[place * workers + worker] = Result { try sample(share, worker: worker) }
      }
    }
    return try shares.indices.map { place in
      try (0..<workers).map { try found[place * workers + $0]?.get() }
    }
  }

  private func sample(_ batch: SentenceBatch, worker: Int) throws -> RiskSample {
    var search = SearchOptions()
    (search.beamSize, search.bestCount) = (options.candidates, options.candidates)
    let found = searchers[worker].search(batch.pairs.map(\.source), search, mode: batch.mode)
    let codec = batch.mode.direction == .forward ? codecs.target : codecs.source
    let candidates = try zip(found, batch.pairs).map { hypotheses, pair in
      let reference = codec.decode(pair.target).text
      // Of a beginning the probability is that of all that it might become.
      return try hypotheses.filter(\.isComplete).map {
        RiskSample.Candidate(
          ids: $0.ids, logProbability: $0.logProbability,
          score: Float(try scorer(codec.decode($0.ids).text, reference)))
      }
    }
    return RiskSample(candidates, lengths: batch.targetLengths, options)
  }
}
