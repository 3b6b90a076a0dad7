import Layers
import Tensors
import Text

extension Seq2SeqModel {
  /// What shapes the loss besides the model.
  public struct LossOptions: Hashable, Sendable {
    /// Dropout rates.
    public var dropout = DropoutRates()
    /// Label smoothing.
    public var smoothing: Float = 0
    /// Factor of the gradient.
    public var scale: Float = 1
    /// The weight `α` of the difference between two draws of dropout (R-Drop, Liang et al. 2021); 0 for one draw.
    public var consistency: Float = 0
    /// The weight of the cross-entropy of attention against the batch's links (Chen et al. 2016); 0 for none.
    public var guidance: Float = 0
    /// The weight of attention's overlap with its coverage (See et al. 2017, eq. 13); 0 for none.
    public var coverage: Float = 0
    /// How likely a word that the decoder reads is its own (scheduled sampling, Bengio et al. 2015).
    public var sampling: Float = 0
    /// The seed of the choice of these words.
    public var samplingSeed: UInt64 = 0

    /// Plain cross-entropy without dropout.
    public init() {}
  }

  /// The loss of a batch under teacher forcing. While the tape records, gradients follow with `Tape.backward()`.
  ///
  /// - Parameters:
  ///   - risk: translations of the batch's sentences that take part; not with R-Drop, guided alignment, a
  ///     loss of coverage or scheduled sampling.
  ///   - scratch: a tape that records nothing, for the first pass of scheduled sampling; a new one where absent.
  public func loss(
    _ given: SentenceBatch, _ options: LossOptions, risk: RiskSample? = nil, _ tape: Tape,
    scratch: Tape? = nil
  ) -> LossSum {
    var batch = given
    let count = given.targetLengths.count
    if options.sampling > 0 {
      batch = batch.replacingInputs(
        sampledInputs(batch, options, scratch ?? Tape(rowIndependent: false, precision: tape.precision)))
    }
    let isDouble = options.consistency > 0
    if isDouble { batch = batch.doubled() }
    if let risk {
      precondition(
        !isDouble && options.guidance == 0 && options.coverage == 0 && options.sampling == 0,
        "risks go with plain cross-entropy alone")
      batch = batch.adding(risk.weighted.map { (batch.pairs[$0.sentence].source, $0.ids) })
    }
    let forced = force(batch, dropout: options.dropout, tape)
    let (weight, bias) = (decoder.output.weight, decoder.output.bias)
    func words(of sentences: Range<Int>...) -> (hidden: Tensor, targets: [TokenID]) {
      let rows = sentences.flatMap { batch.wordRows(of: $0) }
      let states = tape.dropout(tape.gatherRows(forced.outputs, rows), rate: options.dropout.outputRate)
      return (decoder.output.projected(states, tape), rows.map { batch.targetOutputs[$0] })
    }
    let (hidden, targets) = isDouble ? words(of: 0..<count, count..<2 * count) : words(of: 0..<count)
    var sum =
      isDouble
      ? tape.pairedCrossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: Array(targets.prefix(targets.count / 2)),
        smoothing: options.smoothing, consistency: options.consistency, scale: options.scale)
      : tape.crossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: targets, smoothing: options.smoothing,
        scale: options.scale)
    if let risk, !risk.weighted.isEmpty {
      let own = count..<count + risk.weighted.count
      let (hidden, targets) = words(of: own)
      let factors = batch.wordRows(of: own).map {
        risk.weighted[$0 % batch.targetLengths.count - count].weight
      }
      _ = tape.crossEntropy(
        hidden: hidden, weight: weight, bias: bias, targets: targets, smoothing: 0, scale: options.scale,
        factors: factors)
      sum.added += risk.risk
    }
    sum.added += attentionLoss(forced, batch, options, share: isDouble ? 0.5 : 1, tape)
    return sum
  }

  /// What attention itself is asked for.
  ///
  /// - Parameter share: the part of one draw of dropout in the whole.
  private func attentionLoss(
    _ forced: ForcedRun, _ batch: SentenceBatch, _ options: LossOptions, share: Float, _ tape: Tape
  ) -> Double {
    var sum = 0.0
    for (step, look) in forced.looks.enumerated() {
      if options.guidance > 0 {
        let factor = options.guidance * share
        sum +=
          Double(factor)
          * tape.alignmentLoss(look.weights, batch.guides(step), scale: options.scale * factor)
      }
      if options.coverage > 0, let coverage = look.coverage {
        let factor = options.coverage * share
        let rows = batch.targetLengths.indices.filter { step < batch.targetLengths[$0] }
        sum +=
          Double(factor)
          * tape.coverageLoss(look.weights, coverage: coverage, rows: rows, scale: options.scale * factor)
      }
    }
    return sum
  }

  /// What the decoder reads under scheduled sampling (Bengio et al. 2015), in two passes (Mihaylova and Martins 2019):
  /// the first, of the given words and without dropout, tells the model's own; some of them stand in the second for
  /// those given.
  private func sampledInputs(_ batch: SentenceBatch, _ options: LossOptions, _ tape: Tape) -> [TokenID] {
    var generator = SplitMix64(seed: options.samplingSeed)
    let count = batch.targetLengths.count
    var places: [Int] = []
    for step in 1..<max(1, batch.targetSteps) {
      for row in 0..<count where generator.uniform() < Double(options.sampling) {
        if step < batch.targetLengths[row] { places.append(step * count + row) }
      }
    }
    var inputs = batch.targetInputs
    guard !places.isEmpty else { return inputs }
    tape.reset()
    let outputs = force(batch, dropout: DropoutRates(), tape).outputs
    let mark = tape.arena.mark()
    for start in stride(from: 0, to: places.count, by: 256) {
      let chunk = places[start..<min(start + 256, places.count)]
      // What was written at the step before.
      let logits = decoder.output(tape.gatherRows(outputs, chunk.map { $0 - count }), tape)
      for (row, place) in chunk.enumerated() {
        let values = logits.row(row)
        for id in [Vocabulary.padding, Vocabulary.beginOfSentence, Vocabulary.endOfSentence] {
          values[Int(id)] = -.infinity
        }
        inputs[place] = TokenID(LogitRow.top(1, of: UnsafeBufferPointer(values))[0].index)
      }
      tape.arena.release(to: mark)
    }
    return inputs
  }
}
