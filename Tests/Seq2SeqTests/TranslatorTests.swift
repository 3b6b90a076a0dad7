import Foundation
import Reference
import Seq2Seq
import Storage
import Tensors
import Testing
import Text

@Suite("Translator")
struct TranslatorTests {
  private func translator(threads: Int = 2) throws -> Translator {
    try Translator(model: Reverser.model, vocabulary: TinyLanguage.record, threads: threads)
  }

  private func texts(_ count: Int, longest: Int = 8) -> [String] {
    var generator = SplitMix64(seed: 91)
    return (0..<count).map { _ in
      TinyLanguage.text(TinyLanguage.sentence(1 + generator.below(longest), &generator))
    }
  }

  /// A model of random parameters that writes one symbol, over and over.
  private func modelThatWrites(_ id: TokenID) throws -> Seq2SeqModel {
    var configuration = ModelConfiguration(
      sourceVocabulary: TinyLanguage.size, targetVocabulary: TinyLanguage.size)
    (configuration.embedding, configuration.hidden, configuration.attention) = (8, 12, .general)
    let model = try RandomModel.make(configuration, seed: 95)
    let bias = try #require(model.store.parameters.first { $0.name == "decoder.output.bias" })
    var values = bias.array
    values[Int(id)] = 50
    bias.assign(values)
    return model
  }

  @Test("Text goes in, text comes out")
  func text() throws {
    let translation = try translator().translate("a b c d")
    #expect(translation.text == "d c b a")
    #expect(translation.source == "a b c d")
    #expect(translation.logProbability < 0 && translation.logProbability > -0.5)
    let alignment = try #require(translation.alignment)
    #expect(
      alignment.sourceTokens == ["a", "b", "c", "d"] && alignment.targetTokens == ["d", "c", "b", "a"])
    #expect(alignment.weights.count == 16)
    for row in 0..<4 { #expect(abs(alignment.weights[row * 4..<row * 4 + 4].reduce(0, +) - 1) < 1e-5) }
    #expect(try translator().sourceLanguage == "en")
  }

  @Test("A translation does not depend on the threads, on the order, or on what else is translated")
  func independence() throws {
    // More than one batch holds, blank lines and repeated ones among them.
    var texts = texts(150)
    texts[7] = ""
    texts[90] = texts[3]
    let expected = try translator(threads: 1).translate(texts)
    #expect(expected[90] == expected[3])
    for threads in [2, 3, 7] { #expect(try translator(threads: threads).translate(texts) == expected) }
    var order = Array(texts.indices)
    var generator = SplitMix64(seed: 92)
    generator.shuffle(&order)
    #expect(try translator().translate(order.map { texts[$0] }) == order.map { expected[$0] })
    let one = try translator()
    for index in stride(from: 0, to: 150, by: 10) { #expect(one.translate(texts[index]) == expected[index]) }
  }

  @Test(
    "With weights in 8 or 16 bits as well, and it translates as with weights in 32",
    arguments: [WeightFormat.int8, .bf16], [1, 4])
  func shortWeights(_ format: WeightFormat, beamSize: Int) throws {
    // A model of its own: a translator lays out the weights of the model that it is given.
    let model = try Seq2SeqModel(Reverser.model.configuration, seed: 1)
    for (copy, trained) in zip(model.store.parameters, Reverser.model.store.parameters) {
      copy.assign(trained.array)
    }
    let translator = try Translator(
      model: model, vocabulary: TinyLanguage.record, threads: 2, weights: format)
    var options = SearchOptions()
    options.beamSize = beamSize
    let texts = texts(150)
    let together = translator.translate(texts, options)
    #expect(translator.translate(texts.reversed(), options) == together.reversed())
    for index in stride(from: 0, to: 150, by: 10) {
      #expect(translator.translate(texts[index], options) == together[index])
    }
    let plain = try self.translator().translate(texts, options)
    #expect(zip(plain, together).contains { $0.logProbability != $1.logProbability }, "nothing was rounded")
    let same = zip(plain, together).count { $0.text == $1.text }
    #expect(same >= 147, "only \(same) of 150 translations are the same")
  }

  @Test("Many callers may share a translator")
  func sharing() async throws {
    let translator = try translator()
    let texts = texts(20)
    let expected = try await translator.translate(texts)
    try await withThrowingTaskGroup(of: [Translation].self) { group in
      for _ in 0..<4 { group.addTask { try await translator.translate(texts) } }
      for try await found in group { #expect(found == expected) }
    }
  }

  @Test("A translator is of the model as it was, beside others of the same model made and used at once")
  func independence() async throws {
    let model = try RandomModel.make(Reverser.model.configuration, seed: 95)
    let texts = texts(10)
    @Sendable func found(_ format: WeightFormat) throws -> [Translation] {
      let translator = try Translator(
        model: model, vocabulary: TinyLanguage.record, threads: 1, weights: format)
      return translator.translate(texts)
    }
    let expected = try WeightFormat.allCases.map { try found($0) }
    #expect(Set(expected.map { $0.map(\.logProbability) }).count == expected.count)
    try await withThrowingTaskGroup(of: (Int, [Translation]).self) { group in
      for index in 0..<12 {
        let place = index % expected.count
        group.addTask { (place, try found(WeightFormat.allCases[place])) }
      }
      for try await (place, translations) in group { #expect(translations == expected[place]) }
    }

    let translator = try Translator(model: model, vocabulary: TinyLanguage.record)
    for parameter in model.store.parameters { parameter.assign(parameter.array.map { -$0 }) }
    let kept = try await translator.translate(texts)
    #expect(kept == expected[WeightFormat.allCases.firstIndex(of: .f32)!])
    #expect(try found(.f32) != kept)
  }

  @Test("Blank lines stay blank, nothing in brings nothing out, and no text is too strange")
  func unusual() throws {
    let translator = try translator()
    let found = translator.translate(["", "   ", "a", "\t", "\u{FEFF}"])
    #expect(found.map(\.text) == ["", "", "a", "", ""])
    #expect(found[0].alignment == nil && found[0].logProbability == 0)
    #expect(translator.translate([]).isEmpty)
    let unknown = translator.translate(
      "Straße \u{1F600} \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} % </s> <s> 漢字")
    #expect(unknown == translator.translate([unknown.source])[0] && !unknown.text.contains("<pad>"))
  }

  @Test("An unknown word is written as the source word that it looks at, once where several in a row do")
  func unknownWords() throws {
    let model = try modelThatWrites(Vocabulary.unknown)
    let translator = try Translator(model: model, vocabulary: TinyLanguage.record)
    let found = translator.translate("Anna a Bernd Carla")
    let alignment = try #require(found.alignment)
    #expect((2...23).contains(alignment.targetTokens.count))
    #expect(zip(alignment.targetTokens, alignment.targetTokens.dropFirst()).allSatisfy { $0 != $1 })
    for (row, token) in alignment.targetTokens.enumerated() {
      let weights = alignment.weights[row * 4..<row * 4 + 4]
      let most = try #require(weights.indices.max { weights[$0] < weights[$1] })
      #expect(token == alignment.sourceTokens[most - row * 4])
    }
    #expect(found.text == alignment.targetTokens.joined(separator: " "))
  }

  @Test("A placeholder of the source stands in the translation, and one that is lost is named")
  func placeholders() throws {
    var record = TinyLanguage.record
    let symbols = TinyLanguage.words.map { $0 == "h" ? "⦅mark⦆" : $0 }
    record.sourceVocabulary = try Vocabulary(symbols: symbols).text
    record.targetVocabulary = record.sourceVocabulary
    let translator = try Translator(model: Reverser.model, vocabulary: record)
    let translation = translator.translate("a %(name)s b c")
    #expect(translation.text == "c b %(name)s a")
    #expect(translation.lostTokens.isEmpty)
    #expect(try #require(translation.alignment).targetTokens == ["c", "b", "%(name)s", "a"])
    // A line of nothing but a placeholder is copied, not translated.
    #expect(translator.translate("{0} %s").text == "{0} %s")
    // The plain model has no symbol for it.
    let plain = try self.translator().translate("a %s b")
    #expect(plain.lostTokens == (plain.text.contains("%s") ? [] : ["%s"]))
  }

  @Test("A sentence of 450 words is cut, translated whole and aligned whole")
  func longSentence() throws {
    var generator = SplitMix64(seed: 93)
    let words = (0..<450).map { _ in TinyLanguage.words[generator.below(8)] }
    var options = SearchOptions()
    (options.beamSize, options.maximumLengthFactor) = (2, 0.1)
    let found = try translator(threads: 1).translate([words.joined(separator: " "), "a b"], options)
    #expect(found == (try translator(threads: 3).translate([words.joined(separator: " "), "a b"], options)))
    #expect(found[1].text == "b a")
    let alignment = try #require(found[0].alignment)
    #expect(alignment.sourceTokens.count == 450)
    #expect(alignment.weights.count == alignment.targetTokens.count * 450)
    let isFromFirst = (0..<alignment.targetTokens.count).map { row in
      alignment.weights[row * 450..<row * 450 + 225].contains { $0 > 0 }
    }
    // What was written of the first half looks at it alone, and what follows at the second half alone.
    let first = isFromFirst.prefix { $0 }.count
    #expect(first > 0 && first < isFromFirst.count)
    #expect(isFromFirst[first...].allSatisfy { !$0 })
  }

  @Test("A long sentence is cut behind a full stop near its middle, if there is one")
  func cutBehindSentence() throws {
    var record = TinyLanguage.record
    record.sourceVocabulary = try Vocabulary(symbols: TinyLanguage.words.map { $0 == "h" ? "." : $0 }).text
    record.targetVocabulary = record.sourceVocabulary
    var words = (0..<450).map { TinyLanguage.words[$0 % 7] }
    (words[40], words[260], words[410]) = (".", ".", ".")
    var options = SearchOptions()
    (options.beamSize, options.maximumLengthFactor) = (1, 0.1)
    let found = try Translator(model: Reverser.model, vocabulary: record)
      .translate(words.joined(separator: " "), options)
    let alignment = try #require(found.alignment)
    #expect(alignment.sourceTokens.count == 450)
    let isFromFirst = (0..<alignment.targetTokens.count).map { row in
      alignment.row(target: row).prefix(261).contains { $0 > 0 }
    }
    let isFromSecond = (0..<alignment.targetTokens.count).map { row in
      alignment.row(target: row).dropFirst(261).contains { $0 > 0 }
    }
    #expect(zip(isFromFirst, isFromSecond).allSatisfy { $0 != $1 })
    #expect(isFromFirst.first == true && isFromSecond.last == true)
  }

  @Test("A word of 400 pieces is translated, beside others cut within; one of more is an unknown word")
  func longWord() throws {
    var record = TinyLanguage.record
    let configuration = TextConfiguration(language: "en", protected: [], kind: .char)
    record.sourceConfiguration = configuration
    record.targetConfiguration = configuration
    record.sourceVocabulary = try Vocabulary(symbols: TinyLanguage.words.map { $0 + "@@" }).text
    record.targetVocabulary = record.sourceVocabulary
    var options = SearchOptions()
    (options.beamSize, options.maximumLengthFactor) = (1, 0.1)
    let translator = try Translator(model: Reverser.model, vocabulary: record)
    let word = String(String(repeating: "abcdefg", count: 58).prefix(400))
    let found = translator.translate(word, options)
    #expect(found.text.count > 1 && found.text.count <= 40 + 11, "\(found.text.count)")
    let two = translator.translate("\(word.dropLast(150)) \(word)", options)
    #expect(two.text.count > 2 && two.text.count <= 2 * (40 + 11), "\(two.text.count)")
    // Copied where there is nothing else, to the letter, and else read as one unknown word.
    #expect(translator.translate(word + "a", options).text == word + "a")
    let endless = String(repeating: word, count: 1_000)
    #expect(translator.translate(endless, options).text == endless)
    let beside = translator.translate("ab \(endless) cd", options)
    #expect(try #require(beside.alignment).sourceTokens.count == 3)
    #expect(beside.text.replacing(endless, with: "").count < 30)
  }

  /// Names and a full stop.
  private static var names: VocabularyRecord {
    get throws {
      var record = TinyLanguage.record
      record.sourceVocabulary = try Vocabulary(
        symbols: ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Guy", "￭."]
      ).text
      record.targetVocabulary = record.sourceVocabulary
      return record
    }
  }

  @Test("A text of more sentences than the model has learnt from is translated in parts")
  func moreSentences() throws {
    var apart = SearchOptions()
    apart.splitting = .always
    var whole = SearchOptions()
    whole.splitting = .never
    let texts = ["Eve. Fay.", "Guy. Ann. Bob.", "Cid."]
    let (one, three) = (
      [". Eve . Fay", ". Guy . Ann . Bob", ". Cid"], [". Fay. Eve", ". Bob. Ann. Guy", ". Cid"]
    )
    let expected = [
      nil: three, 1: one, 2: [". Fay. Eve", ". Guy . Bob. Ann", ". Cid"], 3: three, 4: three,
    ]
    for (count, expected) in expected {
      let translator = try Translator(
        models: [Reverser.model], vocabulary: Self.names, sentencesPerLine: count)
      #expect(translator.sentencesPerLine == count)
      #expect(translator.translate(texts).map(\.text) == expected, "\(count as Any)")
      #expect(translator.translate(texts, apart).map(\.text) == one)
      #expect(translator.translate(texts, whole).map(\.text) == three)
    }
  }

  @Test("Each sentence of a text is translated by itself where that is asked for")
  func sentences() throws {
    let translator = try Translator(model: Reverser.model, vocabulary: Self.names)
    let parts = ["Ann Bob Cid.", "Dan.", "Eve Fay Guy Ann."]
    var options = SearchOptions()
    options.splitting = .always
    let apart = translator.translate(parts)
    #expect(apart == translator.translate(parts, options))
    let whole = translator.translate(parts.joined(separator: "  "), options)
    #expect(whole.text == apart.map(\.text).joined(separator: " "))
    #expect(whole.source == parts.joined(separator: "  ") && whole.rankingScores == nil)
    #expect(abs(whole.logProbability - apart.reduce(0) { $0 + $1.logProbability }) < 1e-5)
    let alignment = try #require(whole.alignment)
    let blocks = try apart.map { try #require($0.alignment) }
    #expect(alignment.sourceTokens == blocks.flatMap(\.sourceTokens))
    #expect(alignment.targetTokens == blocks.flatMap(\.targetTokens))
    var (row, column) = (0, 0)
    for block in blocks {
      for target in block.targetTokens.indices {
        var expected = [Float](repeating: 0, count: alignment.sourceTokens.count)
        expected.replaceSubrange(column..<column + block.sourceTokens.count, with: block.row(target: target))
        #expect(Array(alignment.row(target: row)) == expected)
        row += 1
      }
      column += block.sourceTokens.count
    }

    #expect(translator.translate("Ann Bob. Cid Dan.").text == ". Dan Cid. Bob Ann")
    #expect(translator.translate("Ann Bob. Cid Dan.", options).text == ". Bob Ann . Dan Cid")
    // The best of all ways to choose, in their order.
    options.bestCount = 4
    let lists = translator.translateAll(parts, options)
    let best = translator.translateAll([parts.joined(separator: " ")], options)[0]
    var sums: [Float] = []
    for first in lists[0] {
      for second in lists[1] {
        for third in lists[2] { sums.append(first.score + second.score + third.score) }
      }
    }
    #expect(best.count == 4 && best[0].text == whole.text)
    for (found, sum) in zip(best, sums.sorted(by: >)) { #expect(abs(found.score * 3 - sum) < 1e-4) }
    #expect(best.count == Set(best.map(\.text)).count)
    // Texts are counted, not their sentences, and those without a word as well.
    let counter = Totals()
    _ = translator.translateAll([parts.joined(separator: " "), "", "Ann"], options) {
      counter.add($0)
    }
    #expect(counter.sum == 3)
  }

  @Test("Who is told of progress may translate, on a translator of one thread, too", .timeLimit(.minutes(1)))
  func translatesWhileToldOfProgress() throws {
    let translator = try Translator(model: Reverser.model, vocabulary: TinyLanguage.record, threads: 1)
    let text = TinyLanguage.words[0...2].joined(separator: " ")
    let expected = translator.translate(text)
    let counter = Totals()
    _ = translator.translateAll([text, text], SearchOptions()) { _ in
      counter.add(translator.translate(text) == expected ? 1 : 100)
    }
    #expect((1...2).contains(counter.sum))
  }

  @Test("Tasks get the same translations, share the threads, and may be cancelled")
  func tasks() async throws {
    let translator = try Translator(model: Reverser.model, vocabulary: TinyLanguage.record, threads: 2)
    let texts = (0..<40).map { index in
      (0...index % 5).map { TinyLanguage.words[(index + 2 * $0) % 8] }.joined(separator: " ")
    }
    // Not in this task's context, where the same call awaits.
    func blocking(_ texts: [String]) -> [Translation] { translator.translate(texts) }
    let expected = blocking(texts)
    #expect(try await translator.translate(texts) == expected)
    #expect(try await translator.translate(texts[7]) == expected[7])
    try await withThrowingTaskGroup(of: (Int, Translation).self) { group in
      for (index, text) in texts.enumerated() {
        group.addTask { (index, try await translator.translate(text)) }
      }
      for try await (index, found) in group { #expect(found == expected[index]) }
    }
    var options = SearchOptions()
    options.beamSize = 0
    await #expect(throws: Seq2SeqError.self) { try await translator.translate(texts, options) }

    // Cancelled when the first of many is done: the rest is not searched for.
    let many = [[String]](repeating: texts, count: 50).flatMap(\.self)
    let counter = Totals()
    let canceller = Canceller()
    let task = Task { () -> Int in
      try await translator.translateAll(many, SearchOptions()) { done in
        counter.add(done)
        canceller.cancel()
      }.count
    }
    canceller.take(task)
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(counter.sum > 0 && counter.sum < many.count)
    let late = Task { try await translator.translate(texts) }
    late.cancel()
    _ = try? await late.value
    #expect(try await translator.translate(texts) == expected, "a cancelled call leaves nothing behind")
  }

  @Test("What a translator can't be made of, or search with, is an error")
  func impossible() throws {
    var record = TinyLanguage.record
    record.sourceVocabulary += "more\t1\n"
    record.targetVocabulary = record.sourceVocabulary
    #expect(throws: Seq2SeqError.self) { try Translator(model: Reverser.model, vocabulary: record) }
    for shortlist in [50, -1] {
      #expect(throws: Seq2SeqError.self) {
        try Translator(models: [Reverser.model], vocabulary: TinyLanguage.record, shortlist: shortlist)
      }
    }
    #expect(throws: Seq2SeqError.self) {
      try Translator(contentsOf: URL(string: "https://example.org/m.sqlite")!)
    }
    let changes: [(inout SearchOptions) -> Void] = [
      { $0.beamSize = 0 }, { $0.beamSize = 1_001 }, { $0.bestCount = 0 }, { $0.lengthPenalty = -1 },
      { $0.lengthPenalty = .nan }, { $0.maximumLengthFactor = 51 }, { $0.maximumLengthFactor = -1 },
    ]
    for change in changes {
      var options = SearchOptions()
      change(&options)
      #expect(throws: Seq2SeqError.self, "\(options)") { try options.validate() }
    }
    try SearchOptions().validate()
  }

  /// Cancels a task from any thread, once it is known.
  private final class Canceller: @unchecked Sendable {
    private let isKnown = DispatchSemaphore(value: 0)
    private var task: Task<Int, any Error>?

    func take(_ task: Task<Int, any Error>) {
      self.task = task
      isKnown.signal()
    }

    func cancel() {
      isKnown.wait()
      isKnown.signal()
      task?.cancel()
    }
  }

  private final class Totals: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0
    var sum: Int { lock.withLock { value } }
    func add(_ count: Int) { lock.withLock { value += count } }
  }

  @Test("A symbol that nothing is left for is no word of the alignment")
  func symbolsWithoutTokens() throws {
    let model = try modelThatWrites(TokenID(TinyLanguage.size - 1))
    var record = TinyLanguage.record
    record.sourceVocabulary = try Vocabulary(symbols: TinyLanguage.words.map { $0 == "h" ? "⦅mark⦆" : $0 })
      .text
    record.targetVocabulary = record.sourceVocabulary
    let translator = try Translator(model: model, vocabulary: record)
    let found = translator.translate("a %(name)s b")
    let alignment = try #require(found.alignment)
    #expect(found.text == "%(name)s" && alignment.targetTokens == ["%(name)s"])
    #expect(abs(alignment.weights.reduce(0, +) - 1) < 1e-5)
    #expect(translator.translate("a b").alignment == nil)
  }

  @Test("Several translations of each sentence, best first", arguments: [1, 3, 5])
  func alternatives(count: Int) throws {
    var options = SearchOptions()
    options.bestCount = count
    let translator = try translator()
    let texts = texts(10)
    for (text, found) in zip(texts, translator.translateAll(texts + [""], options)) {
      #expect(found.count == count)
      #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
      #expect(Set(found.map(\.text)).count == count)
      #expect(found[0] == translator.translate(text, options))
    }
    #expect(translator.translateAll([""], options) == [translator.translate([""])])
  }

  @Test("Forced decoding gives a hypothesis the probability that the search gave it")
  func forcedDecoding() throws {
    let translator = try translator()
    // Long ones too, where the model is unsure.
    let texts = texts(60, longest: 12)
    let found = translator.translate(texts)
    let forced = translator.align(zip(texts, found).map { ($0, $1.text) } + [("", "a"), ("a", "")])
    let reference = ReferenceModel(Reverser.model)
    let codecs = try TinyLanguage.record.codecs()
    for ((text, translation), forced) in zip(zip(texts, found), forced) {
      #expect(
        abs(forced.logProbability - translation.logProbability) < 1e-4 * max(1, -translation.logProbability))
      #expect(forced.text == translation.text && forced.source == text)
      let pair = (source: codecs.source.encode(text).ids, target: codecs.target.encode(translation.text).ids)
      let expected = -reference.loss([pair], smoothing: 0).negativeLogLikelihood
      #expect(abs(Double(forced.logProbability) - expected) < 1e-4 * max(1, -expected))
      let (one, other) = (try #require(forced.alignment), try #require(translation.alignment))
      #expect(one.sourceTokens == other.sourceTokens && one.targetTokens == other.targetTokens)
      #expect(GradientCheck.error(one.weights, other.weights.map(Double.init)) < 1e-5)
    }
    #expect(forced[60].alignment == nil)
    #expect(forced[61].logProbability < -1, "an empty translation of a word is not likely")
  }

  @Test("A translator of a file is a translator of the model in it")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let model = Reverser.model
    let stored = StoredConfiguration(model: model.configuration, training: TrainingConfiguration())
    let file = try ModelDatabase(
      creating: path, configuration: stored.json(), sourceLanguage: "en", targetLanguage: "en",
      vocabulary: TinyLanguage.record)
    try file.save(
      CheckpointRecord(
        step: 1, epoch: 1, scores: [:], isBest: false,
        tensors: model.store.parameters.map {
          StoredTensor(name: $0.name, shape: [$0.rows, $0.columns], values: $0.array)
        }, optimizerState: [], trainingState: Data("{}".utf8), history: []))
    let texts = texts(30)
    let loaded = try Translator(contentsOf: URL(fileURLWithPath: path))
    #expect(loaded.translate(texts) == (try translator().translate(texts)))
    #expect(loaded.configuration == model.configuration)
  }

  @Test("A model without attention translates too, without alignments")
  func withoutAttention() throws {
    var configuration = ModelConfiguration(
      sourceVocabulary: TinyLanguage.size, targetVocabulary: TinyLanguage.size)
    (configuration.embedding, configuration.hidden, configuration.attention) = (4, 6, .none)
    let model = try RandomModel.make(configuration, seed: 94)
    let found = try Translator(model: model, vocabulary: TinyLanguage.record).translate(["a b x", "", "c"])
    #expect(found.allSatisfy { $0.alignment == nil } && found.count == 3)
  }
}
