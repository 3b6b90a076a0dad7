import Alignment
import Foundation
import Storage
import Tensors
import Text

/// Translates text with a trained model.
///
/// ```swift
/// let translator = try Translator(contentsOf: URL(fileURLWithPath: "models/en-fr.model.sqlite"))
/// print(translator.translate("Two dogs are playing in the snow.").text)
/// ```
///
/// A translation depends on its sentence, the model and the options alone: not on the other sentences of a text or of a
/// call, on their order, or on the number of threads. One translator may serve any number of callers at once, which share
/// its threads; those in tasks await without blocking their own, and may be cancelled.
public final class Translator: Sendable {
  /// Source ids searched together, at most.
  private static let batchWords = 8_192
  /// Longer sentences are translated in pieces of this many ids.
  private static let maximumLength = 400

  /// Which way it translates.
  public let direction: TranslationDirection
  /// Whether its models can do more than translate from left to right, so that a ``Ranking`` has something to go by.
  public var canRank: Bool { ranksByOrders || ranksByDirections }
  /// Whether all its models write in both orders.
  public var ranksByOrders: Bool { models.allSatisfy(\.configuration.bothOrders) }
  /// Whether all its models translate in both directions.
  public var ranksByDirections: Bool { models.allSatisfy(\.configuration.bothDirections) }
  /// How many sentences the lines had at most that its models have learnt from, but for rare ones; of several models, the
  /// least number, and `nil` where none knows.
  public let sentencesPerLine: Int?
  /// The weights that its models' hypotheses are ranked with; of several models, the mean of theirs.
  public let ranking: Ranking
  /// Language of the text that goes in.
  public let sourceLanguage: String
  /// Language of the text that comes out.
  public let targetLanguage: String
  /// The model's shape; of several, the first one's.
  public var configuration: ModelConfiguration { models[0].configuration }
  /// Whether there is a model that attends, so that translations have alignments.
  public var hasAttention: Bool { models.contains { $0.configuration.attention != .none } }
  /// How the weights of each model are kept.
  public let weights: [WeightFormat]
  /// How many translations of each word of a sentence come into question, by its shortlist; 0 where every word of the
  /// vocabulary does.
  public var shortlistSize: Int { shortlist?.translations ?? 0 }
  /// Sentences and hypotheses searched together, at most. The more, the more rows a product has for the weights that it
  /// reads; the fewer, the more of what they write stays in a cache, and 8-bit weights stay there anyhow.
  private var searchedTogether: (sentences: Int, hypotheses: Int) {
    weights.allSatisfy { $0 == .int8 } ? (16, 80) : (32, 160)
  }
  let models: [Seq2SeqModel]
  let source: TextCodec
  let target: TextCodec
  /// How many threads translate side by side, whatever the number of callers.
  public let threads: Int
  /// There are no more than so many.
  public static let mostThreads = 1_024
  /// Where the time of translations is added up, if anywhere.
  let profile: SharedProfile?
  private let shortlist: Shortlist?
  /// Lets as many batches be searched at once as there are ``threads``.
  private let gate: DispatchSemaphore
  /// What shortlists are made of: for each direction, and for each of its source ids, target ids, likeliest first.
  private let lexica: [TranslationDirection: [[TokenID]]]
  private let vocabulary: VocabularyRecord
  private let splitter: SentenceSplitter
  /// Whether a source id stands for text with a letter or a digit.
  private let isWord: [Bool]

  /// A translator of a model in memory, as its parameters are now.
  ///
  /// - Parameters:
  ///   - vocabulary: the one that it was trained with.
  ///   - threads: how many batches are searched side by side; 0 for as many as there are processors.
  ///   - weights: how the weights of products are kept.
  /// - Throws: ``Seq2SeqError/configuration(_:)`` where the vocabulary is of another size.
  public convenience init(
    model: Seq2SeqModel, vocabulary: VocabularyRecord, threads: Int = 0, weights: WeightFormat = .f32
  ) throws {
    try self.init(models: [model], vocabulary: vocabulary, threads: threads, weights: weights)
  }

  /// A translator of several models in memory, as their parameters are now, all of the given vocabulary.
  ///
  /// - Parameters:
  ///   - vocabulary: the one that they were trained with.
  ///   - threads: how many batches are searched side by side; 0 for as many as there are processors.
  ///   - weights: how the weights of products are kept.
  ///   - lexicon: for each source id of this direction target ids, likeliest first, for shortlists.
  ///   - shortlist: 0: every word comes into question; else so many translations of each word of a sentence, with the
  ///     frequent words.
  ///   - direction: which way to translate.
  ///   - ranking: the weights that hypotheses are ranked with, where the models have something to rank by.
  ///   - sentencesPerLine: how many sentences the lines had that the models have learnt from.
  ///   - profile: where the time of translations is added up.
  /// - Throws: ``Seq2SeqError/configuration(_:)`` where the vocabulary is of another size, a shortlist has no lexicon, or
  ///   a model does not go this way.
  /// - Precondition: there is at least one model.
  public convenience init(
    models: [Seq2SeqModel], vocabulary: VocabularyRecord, threads: Int = 0, weights: WeightFormat = .f32,
    lexicon: [[TokenID]]? = nil, shortlist: Int = 0, direction: TranslationDirection = .forward,
    ranking: Ranking = Ranking(), sentencesPerLine: Int? = nil, profile: SharedProfile? = nil
  ) throws {
    guard shortlist == 0 || lexicon != nil else {
      throw Seq2SeqError.configuration("a shortlist needs a lexicon to be made from")
    }
    try self.init(
      packed: models.map { try $0.packed(weights) }, models.map { _ in weights }, vocabulary: vocabulary,
      threads: threads, lexica: lexicon.map { [direction: $0] } ?? [:], shortlist: shortlist,
      direction: direction, ranking: ranking, sentencesPerLine: sentencesPerLine, profile: profile)
  }

  /// The translator of the other direction, with the same models in memory. It has a shortlist where this one has, and
  /// the models' file a lexicon of that direction.
  ///
  /// - Throws: ``Seq2SeqError/configuration(_:)`` where a model does not go both ways.
  public func reversed() throws -> Translator {
    try Translator(
      packed: models, weights, vocabulary: vocabulary, threads: threads, lexica: lexica,
      shortlist: shortlistSize, direction: direction.opposite, ranking: ranking,
      sentencesPerLine: sentencesPerLine, profile: profile)
  }

  /// A translator of models whose weights are packed.
  init(
    packed models: [Seq2SeqModel], _ weights: [WeightFormat], vocabulary: VocabularyRecord, threads: Int,
    lexica: [TranslationDirection: [[TokenID]]], shortlist: Int, direction: TranslationDirection,
    ranking: Ranking, sentencesPerLine: Int?, profile: SharedProfile?
  ) throws {
    precondition(!models.isEmpty, "a translator without a model")
    for model in models { try model.configuration.check(vocabulary) }
    guard shortlist >= 0 else { throw Seq2SeqError.configuration("a shortlist of \(shortlist) words") }
    if direction == .reverse {
      guard models.allSatisfy(\.configuration.bothDirections) else {
        throw Seq2SeqError.configuration(
          "a model goes one way, from \(vocabulary.sourceConfiguration.language) to "
            + "\(vocabulary.targetConfiguration.language); one that is trained with --both-directions goes back as well"
        )
      }
    }
    self.direction = direction
    self.ranking = ranking
    self.sentencesPerLine = sentencesPerLine
    self.vocabulary = vocabulary
    self.models = models
    self.weights = weights
    self.profile = profile
    let codecs = try vocabulary.codecs()
    (source, target) = direction == .forward ? codecs : (codecs.target, codecs.source)
    self.lexica = lexica
    let lexicon = shortlist > 0 ? lexica[direction] : nil
    self.shortlist = lexicon.map { [source, target] in
      Shortlist(
        lexicon: $0, translations: shortlist, source: source.vocabulary, target: target.vocabulary)
    }
    isWord = (0..<source.vocabulary.count).map { [source, vocabulary = source.vocabulary] id in
      id >= Vocabulary.specialSymbols.count && source.isText(TokenID(id))
        && vocabulary.symbol(for: TokenID(id)).unicodeScalars.contains {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
    }
    sourceLanguage = source.language
    splitter = SentenceSplitter(language: source.language)
    targetLanguage = target.language
    self.threads = threads > 0 ? min(threads, Self.mostThreads) : WorkerPool.processorCount
    gate = DispatchSemaphore(value: self.threads)
  }

  /// Translates a text of a line: white space in it becomes single spaces, line breaks too.
  ///
  /// - Precondition: ``SearchOptions/validate()`` finds no fault with the options.
  public func translate(_ text: String, _ options: SearchOptions = SearchOptions()) -> Translation {
    translate([text], options)[0]
  }

  /// Translates texts of a line each; the result has their order.
  ///
  /// - Precondition: ``SearchOptions/validate()`` finds no fault with the options.
  public func translate(_ texts: [String], _ options: SearchOptions = SearchOptions()) -> [Translation] {
    translateAll(texts, options).map { $0[0] }
  }

  /// The best translations of each text, best first: `options.bestCount` of them, `options.beamSize` at most, where the
  /// search found as many. A text of several sentences has theirs one behind the other.
  ///
  /// - Parameter progress: is told, from any thread, how many more texts are done, until all are.
  /// - Precondition: ``SearchOptions/validate()`` finds no fault with the options.
  public func translateAll(
    _ texts: [String], _ options: SearchOptions, progress: (@Sendable (Int) -> Void)? = nil
  ) -> [[Translation]] {
    translateAll(texts, options, progress: progress, unless: { false })!
  }

  /// - Parameters:
  ///   - isWide: of a text of one sentence, give all that was ranked, which may be more than a beam.
  ///   - isCancelled: asked before each text and each batch; once it is so, there is no result.
  func translateAll(
    _ texts: [String], _ options: SearchOptions, isWide: Bool = false,
    progress: (@Sendable (Int) -> Void)? = nil,
    unless isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> [[Translation]]? {
    precondition(options.isPossible, "a search with \(options)")
    var sentences: [[EncodedSentence]] = []
    for text in texts {
      guard !isCancelled() else { return nil }
      sentences.append(parts(of: text, options.splitting).map { Self.withoutEndlessWords(source.encode($0)) })
    }
    var options = options
    options.bestCount = isWide ? .max : min(options.bestCount, options.beamSize)
    var pieces: [(text: Int, sentence: Int, range: Range<Int>)] = []
    for (text, own) in sentences.enumerated() {
      for (place, sentence) in own.enumerated() {
        for range in cut(sentence) { pieces.append((text, place, range)) }
      }
    }
    let batches = plan(pieces.map(\.range.count), beamSize: options.beamSize)
    let found = Results<[Hypothesis]>(count: pieces.count)
    let ids = pieces.map { Array(sentences[$0.text][$0.sentence].ids[$0.range]) }
    let weights: Ranking? =
      switch options.ranking {
      case .ofModel: ranking
      case .weights(let given): given
      case .off: nil
      }
    let left = PiecesLeft(pieces.map(\.text), texts: texts.count)
    if let progress, left.empty > 0 { progress(left.empty) }
    parallel(batches.count, unless: isCancelled, progress: { progress?(left.done(batches[$0])) }) {
      [models, profile, shortlist, direction, options] in
      let searcher = RankedSearcher(models, direction: direction, ranking: weights)
      return { batch in
        if profile != nil { searcher.profile = Profile() }
        defer { searcher.profile.map { profile?.add($0) } }
        let hypotheses = searcher.search(batches[batch].map { ids[$0] }, options, shortlist: shortlist)
        for (piece, result) in zip(batches[batch], hypotheses) { found[piece] = result }
      }
    }
    guard !isCancelled() else { return nil }
    var parts = sentences.map { own in own.map { _ in [TranslatedPiece]() } }
    for (place, piece) in pieces.enumerated() {
      parts[piece.text][piece.sentence].append((piece.range, found[place]!))
    }
    return texts.indices.map { text in
      let translated = zip(sentences[text], parts[text]).map { alternatives(of: $0, $1) }
      return joined(translated, count: min(options.bestCount, options.beamSize)).map {
        translation(of: texts[text], sentences[text], $0)
      }
    }
  }

  // MARK: - From sentences to batches and back

  /// The parts of a text that are translated each by itself.
  private func parts(of text: String, _ splitting: SentenceSplitting) -> [String] {
    let size: Int? =
      switch splitting {
      case .asTrained: sentencesPerLine
      case .always: 1
      case .never: nil
      }
    return size.map { splitter.parts(of: text, sentences: $0) } ?? [text]
  }

  /// A sentence whose tokens of more than ``maximumLength`` ids, such as data in letters, are unknown words: no model has
  /// learnt from the like, and where they are translated they are copied.
  private static func withoutEndlessWords(_ sentence: EncodedSentence) -> EncodedSentence {
    guard sentence.ids.count > maximumLength else { return sentence }
    var counts = [Int](repeating: 0, count: sentence.tokens.count)
    for token in sentence.tokenIndex { counts[token] += 1 }
    guard counts.contains(where: { $0 > maximumLength }) else { return sentence }
    var (ids, places): ([TokenID], [Int]) = ([], [])
    for (id, token) in zip(sentence.ids, sentence.tokenIndex)
    where counts[token] <= maximumLength || places.last != token {
      ids.append(counts[token] <= maximumLength ? id : Vocabulary.unknown)
      places.append(token)
    }
    return EncodedSentence(ids: ids, tokens: sentence.tokens, tokenIndex: places, copies: sentence.copies)
  }

  /// Pieces of at most ``maximumLength`` ids and of like length; none where nothing is there to translate. They end with a
  /// sentence where one ends near by, else with a word, else, within a long word, anywhere.
  private func cut(_ sentence: EncodedSentence) -> [Range<Int>] {
    let count = sentence.ids.count
    guard sentence.ids.contains(where: { isWord[Int($0)] }) else { return [] }
    var ranges: [Range<Int>] = []
    var start = 0
    while count - start > Self.maximumLength {
      let left = count - start
      let even = left / ((left + Self.maximumLength - 1) / Self.maximumLength)
      let places = (start + even - even / 4)...(start + min(even + even / 4, Self.maximumLength))
      let words = places.filter { sentence.tokenIndex[$0] != sentence.tokenIndex[$0 - 1] }
      let sentences = words.filter { Self.endsSentence(sentence.tokens[sentence.tokenIndex[$0 - 1]]) }
      let end =
        (sentences.isEmpty ? words : sentences).min { abs($0 - start - even) < abs($1 - start - even) }
        ?? start + even
      ranges.append(start..<end)
      start = end
    }
    ranges.append(start..<count)
    return ranges
  }

  private static func endsSentence(_ token: String) -> Bool {
    [".", "!", "?", "…", "。", "！", "？", "؟", "।"].contains(Tokenizer.surface(of: token))
  }

  /// Sentences of like length together, in at least as many batches as there are threads.
  func plan(_ lengths: [Int], beamSize: Int) -> [[Int]] {
    let share = (lengths.count + threads - 1) / threads
    let most = max(1, min(searchedTogether.sentences, searchedTogether.hypotheses / beamSize, share))
    let order = lengths.indices.sorted { (lengths[$0], $0) > (lengths[$1], $1) }
    var batches: [[Int]] = []
    var longest = 0
    for index in order {
      if let last = batches.last, last.count < most,
        (last.count + 1) * longest <= Self.batchWords
      {
        batches[batches.count - 1].append(index)
      } else {
        batches.append([index])
        longest = lengths[index]
      }
    }
    return batches
  }

  /// Does batches side by side: each thread takes the next one that is left.
  ///
  /// - Parameter progress: is told which batch is done, by a thread that then holds no place at the gate: it may translate.
  func parallel(
    _ count: Int, unless isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Int) -> Void = { _ in },
    _ makeWorker: @escaping @Sendable () -> (Int) -> Void
  ) {
    let workers = min(threads, count)
    guard workers > 0 else { return }
    let next = Counter()
    WorkerPool(count: workers).run { [gate] _ in
      let work = makeWorker()
      while !isCancelled(), let batch = next.take(below: count) {
        gate.wait()
        // Who asked may have gone while others were served.
        let isWanted = !isCancelled()
        if isWanted { work(batch) }
        gate.signal()
        if isWanted { progress(batch) }
      }
    }
  }

  /// A piece of a sentence and what was found for it.
  private typealias TranslatedPiece = (range: Range<Int>, hypotheses: [Hypothesis])

  /// A translation of one sentence.
  private struct SentenceTranslation {
    let decoded: DecodedSentence
    var hypotheses: [Hypothesis] = []
    var attention: [SourceWeights] = []
    /// The scores of its pieces, added up.
    var score: Float = 0
  }

  /// The translations of a sentence, best first. One in one piece has its alternatives, one in several the best of each.
  private func alternatives(
    of sentence: EncodedSentence, _ pieces: [TranslatedPiece]
  ) -> [SentenceTranslation] {
    guard !pieces.isEmpty else {
      // What holds no letter or digit that the model knows, such as emoji, is copied; a blank line stays blank.
      let copy = source.tokenizer.detokenize(sentence.tokens)
      return [
        SentenceTranslation(decoded: DecodedSentence(text: copy, tokens: sentence.tokens, tokenIndex: []))
      ]
    }
    let alternatives =
      pieces.count == 1 ? pieces[0].hypotheses.map { [$0] } : [pieces.map { $0.hypotheses[0] }]
    return alternatives.map { hypotheses in
      var attention: [SourceWeights] = []
      for (range, hypothesis) in zip(pieces.map(\.range), hypotheses) {
        attention += Self.rows(hypothesis.attention, of: hypothesis.ids.count, from: range.lowerBound)
      }
      return SentenceTranslation(
        decoded: target.decode(hypotheses.flatMap(\.ids), from: sentence, attention: attention),
        hypotheses: hypotheses, attention: attention, score: hypotheses.reduce(0) { $0 + $1.score })
    }
  }

  /// The best ways to choose a translation of each sentence, best first.
  private func joined(_ sentences: [[SentenceTranslation]], count: Int) -> [[SentenceTranslation]] {
    guard sentences.count > 1 else { return sentences[0].map { [$0] } }
    if count == 1 { return [sentences.map { $0[0] }] }
    var best: [(parts: [SentenceTranslation], score: Float)] = [([], 0)]
    for alternatives in sentences {
      let choices = best.indices.flatMap { before in
        alternatives.indices.map { (before, $0, score: best[before].score + alternatives[$0].score) }
      }
      let order = choices.indices.sorted { (choices[$1].score, $0) < (choices[$0].score, $1) }
      best = order.prefix(count).map { place in
        let (before, chosen, score) = choices[place]
        return (best[before].parts + [alternatives[chosen]], score)
      }
    }
    return best.map(\.parts)
  }

  private func translation(
    of text: String, _ sentences: [EncodedSentence], _ parts: [SentenceTranslation]
  ) -> Translation {
    let hypotheses = parts.flatMap(\.hypotheses)
    let translated = SentenceSplitter.joined(parts.map(\.decoded.text), language: targetLanguage)
    return Translation(
      source: text, text: translated, logProbability: hypotheses.reduce(0) { $0 + $1.logProbability },
      score: hypotheses.isEmpty ? 0 : hypotheses.reduce(0) { $0 + $1.score } / Float(hypotheses.count),
      attention: parts.allSatisfy(\.attention.isEmpty)
        ? nil : WordAttention(sentences, parts.map { ($0.decoded, $0.attention) }),
      lostTokens: source.protectedTokens(of: text, missingIn: translated),
      rankingScores: hypotheses.count == 1 && parts.count == 1 ? hypotheses[0].rankingScores : nil)
  }

  /// The attention of a piece of a sentence, without that to the end of the piece, and of its end.
  static func rows(_ attention: [[Float]], of count: Int, from first: Int = 0) -> [SourceWeights] {
    attention.prefix(count).map { SourceWeights(Array($0.dropLast()), from: first) }
  }
}

/// How many pieces of each text are still to be translated.
private final class PiecesLeft: @unchecked Sendable {
  private let lock = NSLock()
  private let texts: [Int]
  private var left: [Int]
  /// Texts without a piece.
  let empty: Int

  /// - Parameter pieces: the text of each piece.
  init(_ pieces: [Int], texts count: Int) {
    texts = pieces
    left = [Int](repeating: 0, count: count)
    for text in pieces { left[text] += 1 }
    empty = left.count { $0 == 0 }
  }

  /// Counts pieces as translated.
  ///
  /// - Returns: how many texts have none left by that.
  func done(_ pieces: [Int]) -> Int {
    lock.withLock {
      pieces.reduce(0) { sum, piece in
        left[texts[piece]] -= 1
        return sum + (left[texts[piece]] == 0 ? 1 : 0)
      }
    }
  }
}

/// Hands out numbers, each once.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  func take(below bound: Int) -> Int? {
    lock.withLock {
      guard value < bound else { return nil }
      value += 1
      return value - 1
    }
  }
}
