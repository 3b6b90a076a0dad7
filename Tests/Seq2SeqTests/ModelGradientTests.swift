import Foundation
import Reference
import Seq2Seq
import Tensors
import Testing
import Text

@Suite("Whole model against f64")
struct ModelGradientTests {
  /// Pairs of unlike lengths, so that both sides are padded.
  private func pairs(_ configuration: ModelConfiguration) -> [(source: [TokenID], target: [TokenID])] {
    var generator = SplitMix64(seed: 41)
    return [(2, 3), (4, 1), (1, 2)].map { lengths in
      (
        RandomModel.sentence(lengths.0, vocabulary: configuration.sourceVocabulary, &generator),
        RandomModel.sentence(lengths.1, vocabulary: configuration.targetVocabulary, &generator)
      )
    }
  }

  @Test("Loss and every gradient, for every shape of model", arguments: RandomModel.configurations.indices)
  func gradients(shape: Int) throws {
    var configuration = RandomModel.configurations[shape]
    if configuration.isNormalized { configuration.hidden = 8 }
    let model = try RandomModel.make(configuration, seed: 42)
    let pairs = pairs(configuration)
    let buffer = GradientBuffer(model.store)
    let tape = Tape(recordingInto: buffer)
    var options = Seq2SeqModel.LossOptions()
    (options.smoothing, options.scale) = (0.1, 0.25)
    let sum = model.loss(SentenceBatch(pairs), options, tape)
    tape.backward()

    let reference = ReferenceModel(model)
    let expected = reference.loss(pairs, smoothing: 0.1)
    #expect(sum.words == 9)
    #expect(abs(sum.smoothed - expected.smoothed) < 1e-5 * expected.smoothed, "\(configuration.summary)")
    #expect(abs(sum.negativeLogLikelihood - expected.negativeLogLikelihood) < 1e-5 * expected.smoothed)

    let names = model.store.parameters.map(\.name)
    let slopes = GradientCheck.numeric(names.map { reference.parameters[$0]! }) { moved in
      var model = reference
      for (name, matrix) in zip(names, moved) { model.parameters[name] = matrix }
      return 0.25 * model.loss(pairs, smoothing: 0.1).smoothed
    }
    for (parameter, slope) in zip(model.store.parameters, slopes) {
      let gradient = try #require(buffer.gradient(parameter), "no gradient of \(parameter.name)")
      let found = Array(UnsafeBufferPointer(start: gradient, count: parameter.count))
      let error = GradientCheck.error(found, slope)
      // To normalise a few values of nearly one size is to magnify their rounding.
      #expect(
        error < (configuration.isNormalized ? 2e-4 : 2e-5), "\(parameter.name) of \(configuration.summary)")
      #expect(slope.values.contains { abs($0) > 1e-6 }, "\(parameter.name) does not matter")
      var wrong = found
      wrong[found.count / 2] += 1e-2 * Float(max(1e-3, slope.values.map(abs).max()!))
      #expect(
        GradientCheck.error(wrong, slope) > 1e-3, "a wrong gradient of \(parameter.name) is not noticed")
    }
  }

  @Test(
    "A sentence has the same loss alone and beside longer ones", arguments: RandomModel.configurations.indices
  )
  func padding(shape: Int) throws {
    let configuration = RandomModel.configurations[shape]
    let model = try RandomModel.make(configuration, seed: 43)
    var generator = SplitMix64(seed: 44)
    func pair(_ length: Int) -> (source: [TokenID], target: [TokenID]) {
      (
        RandomModel.sentence(length, vocabulary: configuration.sourceVocabulary, &generator),
        RandomModel.sentence(length, vocabulary: configuration.targetVocabulary, &generator)
      )
    }
    let tape = Tape(rowIndependent: true)
    func loss(_ pairs: [(source: [TokenID], target: [TokenID])]) -> Double {
      tape.reset()
      return model.loss(SentenceBatch(pairs), Seq2SeqModel.LossOptions(), tape).smoothed
    }
    let (short, long) = (pair(2), pair(17))
    let apart = loss([short]) + loss([long])
    #expect(abs(loss([short, long]) - apart) < 1e-12 * apart)
    #expect(abs(loss([long, short]) - apart) < 1e-12 * apart)
    #expect(abs(loss([short, short, long, short]) - apart - 2 * loss([short])) < 1e-12 * apart)
  }

  @Test(
    "In bf16 loss and gradients are those of f32 but for the rounding of factors",
    .enabled(if: Precision.bf16.isSupported, "this processor has no bf16 products"),
    arguments: RandomModel.configurations.indices)
  func bf16(shape: Int) throws {
    var configuration = RandomModel.configurations[shape]
    // The sum of a few rounded values may nearly cancel, and values that are nearly of one size are torn apart where they
    // are normalised, so that little but rounding is left; of many that does not happen. The range is that of trained
    // models of this width, which do not magnify what they are given from one step to the next.
    (configuration.embedding, configuration.hidden) = (32, 48)
    let model = try RandomModel.make(configuration, seed: 47, range: 0.2)
    let pairs = pairs(configuration)
    func run(_ precision: Precision) throws -> (loss: Double, gradients: [[Float]]) {
      let buffer = GradientBuffer(model.store)
      let tape = Tape(recordingInto: buffer, precision: precision)
      let sum = model.loss(SentenceBatch(pairs), Seq2SeqModel.LossOptions(), tape)
      tape.backward()
      let gradients = try model.store.parameters.map { parameter in
        let start = try #require(buffer.gradient(parameter))
        return Array(UnsafeBufferPointer(start: start, count: parameter.count))
      }
      return (sum.smoothed, gradients)
    }
    let (plain, half) = (try run(.f32), try run(.bf16))
    #expect(half.loss != plain.loss, "nothing was rounded")
    #expect(abs(half.loss - plain.loss) < 0.01 * plain.loss)
    let tolerance = configuration.isNormalized ? 0.1 : 0.05
    // Factors have 8 bits, so a gradient is off by a percent or so of its norm.
    for ((parameter, a), b) in zip(zip(model.store.parameters, plain.gradients), half.gradients) {
      let difference = zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
      let norm = a.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(difference < tolerance * norm, "\(parameter.name) of \(model.configuration.summary)")
    }
  }

  @Test("Each dropout is where it belongs: loss and gradients with the same masks, drawn by hand")
  func dropoutPlaces() throws {
    var configuration = ModelConfiguration(sourceVocabulary: 9, targetVocabulary: 8)
    (configuration.embedding, configuration.hidden) = (4, 4)
    (configuration.encoderDepth, configuration.decoderDepth) = (2, 2)
    (configuration.encoderConnection, configuration.decoderConnection) = (.residual, .residual)
    let model = try RandomModel.make(configuration, seed: 48)
    var options = Seq2SeqModel.LossOptions()
    (options.dropout.inputs, options.dropout.layers) = (0.2, 0.3)
    (options.dropout.encoded, options.dropout.outputs) = (0.25, 0.35)
    (options.dropout.readout, options.dropout.recurrent) = (0.15, 0.4)
    (options.dropout.sourceWords, options.dropout.targetWords) = (0.3, 0.5)
    let pair = (source: [5, 6, 7, 8], target: [4, 7, 6, 5, 4]) as (source: [TokenID], target: [TokenID])
    let buffer = GradientBuffer(model.store)
    let tape = Tape(recordingInto: buffer)
    tape.reset(dropoutSeed: 3)
    let sum = model.loss(SentenceBatch([pair]), options, tape)
    tape.backward()

    // The masks in the order in which the model draws them.
    let (steps, targetSteps, hidden) = (pair.source.count + 1, pair.target.count + 1, configuration.hidden)
    let masks = Tape(rowIndependent: false)
    masks.reset(dropoutSeed: 3)
    func matrix(_ tensor: Tensor) -> Matrix {
      Matrix(rows: tensor.rows, columns: tensor.columns, floats: tensor.array)
    }
    func ones(_ rows: Int, _ columns: Int) -> Tensor {
      masks.tensor([Float](repeating: 1, count: rows * columns), rows: rows, columns: columns)
    }
    func mask(_ rows: Int, _ columns: Int, _ rate: Float) -> Matrix {
      matrix(masks.dropout(ones(rows, columns), rate: rate))
    }
    var reference = ReferenceModel(model)
    reference.masks["source words"] = matrix(masks.dropoutRows(ones(steps, 4), rate: 0.3))
    reference.masks["source values"] = mask(steps, 4, 0.2)
    for level in 0..<2 {
      if level > 0 { reference.masks["encoder.\(level)"] = mask(steps, hidden, 0.3) }
      for way in ["forward", "backward"] {
        reference.masks["encoder.\(level).\(way)"] = mask(1, hidden / 2, 0.4)
      }
    }
    reference.masks["encoded"] = mask(steps, hidden, 0.25)
    let words = matrix(masks.dropoutRows(ones(targetSteps, 4), rate: 0.5, keepingFirst: 1))
    let values = mask(targetSteps, 4, 0.2)
    for level in 0..<2 { reference.masks["decoder.\(level)"] = mask(1, hidden, 0.4) }
    for place in 0..<targetSteps {
      reference.masks["target word \(place)"] = words.row(place)
      reference.masks["target values \(place)"] = values.row(place)
      reference.masks["decoder.1 \(place)"] = mask(1, hidden, 0.3)
      reference.masks["context \(place)"] = mask(1, hidden, 0.15)
      reference.masks["state \(place)"] = mask(1, hidden, 0.15)
    }
    let outputs = mask(targetSteps, hidden, 0.35)
    for place in 0..<targetSteps { reference.masks["output \(place)"] = outputs.row(place) }
    #expect(
      reference.masks.values.allSatisfy { $0.values.contains { $0 != 1 } || $0.rows == 1 },
      "a mask that keeps all")

    let expected = reference.loss([pair], smoothing: 0)
    #expect(abs(sum.smoothed - expected.smoothed) < 1e-5 * expected.smoothed)
    let names = model.store.parameters.map(\.name)
    let slopes = GradientCheck.numeric(names.map { reference.parameters[$0]! }) { moved in
      var model = reference
      for (name, matrix) in zip(names, moved) { model.parameters[name] = matrix }
      return model.loss([pair], smoothing: 0).smoothed
    }
    for (parameter, slope) in zip(model.store.parameters, slopes) {
      let gradient = try #require(buffer.gradient(parameter), "no gradient of \(parameter.name)")
      let found = Array(UnsafeBufferPointer(start: gradient, count: parameter.count))
      #expect(GradientCheck.error(found, slope) < 2e-5, "\(parameter.name)")
    }
    // Without any one of them the loss is another.
    for name in reference.masks.keys.sorted() where reference.masks[name]!.values.contains(where: { $0 != 1 })
    {
      var other = reference
      other.masks[name] = nil
      // What is in a place that another mask drops whole may go unnoticed.
      guard !name.hasPrefix("target values") else { continue }
      #expect(other.loss([pair], smoothing: 0).smoothed != expected.smoothed, "\(name) does not matter")
    }
  }

  @Test("Dropout changes the loss, by its seed alone, and rate 0 does not")
  func dropout() throws {
    let model = try RandomModel.make(RandomModel.configurations[4], seed: 45)
    let pairs = pairs(model.configuration)
    let tape = Tape(recordingInto: GradientBuffer(model.store))
    func loss(_ place: WritableKeyPath<DropoutRates, Float>, _ rate: Float, seed: UInt64?) -> Double {
      var options = Seq2SeqModel.LossOptions()
      options.dropout[keyPath: place] = rate
      tape.reset(dropoutSeed: seed)
      return model.loss(SentenceBatch(pairs), options, tape).smoothed
    }
    let plain = loss(\.states, 0, seed: nil)
    for place in [\DropoutRates.states, \.sourceWords, \.targetWords, \.recurrent, \.readout] {
      #expect(loss(place, 0, seed: 1) == plain)
      #expect(loss(place, 0.5, seed: nil) == plain)
      #expect(loss(place, 0.5, seed: 1) != plain)
      #expect(loss(place, 0.5, seed: 1) == loss(place, 0.5, seed: 1))
      #expect(loss(place, 0.5, seed: 1) != loss(place, 0.5, seed: 2))
    }
  }

  @Test(
    "Inputs, layers, encoder states and outputs may have rates of their own, in the place of the general one")
  func separateRates() throws {
    let model = try RandomModel.make(RandomModel.configurations[4], seed: 45)
    let pairs = pairs(model.configuration)
    let tape = Tape(recordingInto: GradientBuffer(model.store))
    func loss(_ change: (inout DropoutRates) -> Void) -> Double {
      var options = Seq2SeqModel.LossOptions()
      options.dropout.states = 0.3
      change(&options.dropout)
      tape.reset(dropoutSeed: 1)
      return model.loss(SentenceBatch(pairs), options, tape).smoothed
    }
    let plain = loss { _ in }
    #expect(
      loss { ($0.inputs, $0.layers, $0.encoded, $0.outputs) = (0.3, 0.3, 0.3, 0.3) } == plain)
    let others = [
      loss { $0.inputs = 0.6 }, loss { $0.layers = 0.6 }, loss { $0.encoded = 0.6 },
      loss { $0.outputs = 0.6 }, loss { $0.readout = 0.6 },
      loss { ($0.inputs, $0.layers, $0.encoded, $0.outputs) = (0, 0, 0, 0) },
    ]
    #expect(Set(others + [plain]).count == 7)
  }

  @Test("The same seed makes the same model, another seed another one")
  func seeds() throws {
    let configuration = RandomModel.configurations[0]
    func values(_ seed: UInt64) throws -> [[Float]] {
      try Seq2SeqModel(configuration, seed: seed).store.parameters.map(\.array)
    }
    #expect(try values(1) == values(1))
    #expect(try values(1) != values(2))
  }
}

@Suite("Batches of sentences")
struct SentenceBatchTests {
  @Test("Time-major, padded, with the markers in their places")
  func layout() {
    let batch = SentenceBatch([(source: [5, 6, 7], target: [8]), (source: [9], target: [10, 11])])
    #expect(batch.source.steps == 4 && batch.source.lengths == [4, 2])
    #expect(batch.source.ids == [5, 9, 6, 3, 7, 0, 3, 0])
    #expect(batch.targetSteps == 3 && batch.targetLengths == [2, 3])
    #expect(batch.targetInputs == [2, 2, 8, 10, 0, 11])
    #expect(batch.targetOutputs == [8, 10, 3, 11, 0, 3])
    #expect(batch.targetWords == 5)
  }
}
