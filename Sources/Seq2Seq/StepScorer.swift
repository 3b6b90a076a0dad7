import BitCollections
import Layers
import Tensors
import Text

/// Scores the next words of hypotheses, a step at a time: what a search knows of a model, or of several.
protocol StepScorer: AnyObject {
  /// Where the time of steps is added up, if anywhere.
  var profile: Profile? { get set }

  /// Reads sentences; each has one row at first.
  ///
  /// - Parameters:
  ///   - beamSize: rows of a sentence, at most.
  ///   - candidates: for each sentence the words that come into question, ascending; `nil`: all.
  func begin(_ sentences: [[TokenID]], beamSize: Int, candidates: [[TokenID]]?)

  /// Writes a word in each row.
  ///
  /// - Parameters:
  ///   - ids: the word that each row has written last.
  ///   - sentences: the sentence of each row.
  func step(_ ids: [TokenID], sentences: [Int])

  /// Logits of the next word for some rows of the step, `[count, V]`. They last until this is called again.
  ///
  /// - Parameter sentence: the sentence of all these rows, where only its candidates are wanted, a column each.
  func logits(from first: Int, count: Int, candidatesOf sentence: Int?) -> Tensor

  /// What a row of the step attended to, a weight for each id of its sentence and `</s>`; empty without attention.
  func attention(row: Int, sentence: Int) -> [Float]

  /// Goes on with these rows of the step, in this order.
  func keep(_ rows: [Int])
}

/// One model.
final class ModelScorer: StepScorer {
  private let model: Seq2SeqModel
  private let tape = Tape(rowIndependent: true)
  private var reading: Reading?

  /// A batch that is being translated.
  private struct Reading {
    let lengths: [Int]
    let memory: AttentionMemory?
    let buffers: StateBuffers
    let mark: Arena.Mark
    var state: DecoderState
    var count = 0
    var step: DecoderStep?
    var outputMark: Arena.Mark
    /// The output layer for the candidates of the sentences, some of which share one.
    var outputs: [SharedOutputs] = []
    /// The sentence of each row of the step.
    var sentences: [Int] = []
    /// Logits for the candidates of sentences that share them, from the row `first` of the step on.
    var shared: (group: Int, first: Int, logits: Tensor, mark: Arena.Mark)?
  }

  var profile: Profile? {
    get { tape.profile }
    set { tape.profile = newValue }
  }

  /// - Precondition: the model's parameters are packed.
  init(_ model: Seq2SeqModel) { self.model = model }

  func begin(_ sentences: [[TokenID]], beamSize: Int, candidates: [[TokenID]]?) {
    tape.reset()
    let encoded = model.encoder(SourceBatch(sentences), dropout: DropoutRates(), tape)
    let memory = model.decoder.memory(of: encoded, tape)
    let buffers = StateBuffers(tape, rows: sentences.count * beamSize, model, memory: memory)
    let state = model.decoder.firstState(model.bridge(encoded, tape), memory: memory, tape)
    let mark = tape.arena.mark()
    reading = Reading(
      lengths: encoded.lengths, memory: memory, buffers: buffers, mark: mark, state: state, outputMark: mark)
    if let candidates {
      let output = model.decoder.output
      sharing = max(1, min(8, Self.sharingRows / beamSize))
      reading!.outputs = stride(from: 0, to: candidates.count, by: sharing).map { start in
        SharedOutputs(
          Array(candidates[start..<min(start + sharing, candidates.count)]), weight: output.weight,
          bias: output.bias)
      }
    }
  }

  func step(_ ids: [TokenID], sentences: [Int]) {
    let run = model.decoder.run(
      ids: ids, steps: 1, memory: reading!.memory, sentences: sentences, dropout: DropoutRates(), tape)
    reading!.step = run.step(0, reading!.state)
    reading!.outputMark = tape.arena.mark()
    reading!.sentences = sentences
    reading!.shared = nil
  }

  func logits(from first: Int, count: Int, candidatesOf sentence: Int?) -> Tensor {
    guard let sentence else {
      tape.arena.release(to: reading!.outputMark)
      return model.decoder.output(reading!.step!.output.slice(from: first, count: count), tape)
    }
    let shared = sharedLogits(row: first)
    tape.arena.release(to: shared.mark)
    return reading!.outputs[shared.group].logits(
      of: sentence % sharing, in: shared.logits.slice(from: first - shared.first, count: count), tape)
  }

  /// Sentences that share the output layer for their candidates. A row of it reads the weights of all of them, but these
  /// weights come from memory once for all of the rows.
  private var sharing = 1
  /// So many rows share it, about, where all hypotheses grow.
  private static let sharingRows = 16

  /// The logits of a row and of all whose sentences share its output layer.
  private func sharedLogits(row: Int) -> (group: Int, first: Int, logits: Tensor, mark: Arena.Mark) {
    let sentences = reading!.sentences
    let group = sentences[row] / sharing
    if let shared = reading!.shared, shared.group == group { return shared }
    tape.arena.release(to: reading!.outputMark)
    var (first, end) = (row, row + 1)
    while first > 0, sentences[first - 1] / sharing == group { first -= 1 }
    while end < sentences.count, sentences[end] / sharing == group { end += 1 }
    let states = reading!.step!.output.slice(from: first, count: end - first)
    let logits = reading!.outputs[group].outputs(model.decoder.output.projected(states, tape), tape)
    let shared = (group, first, logits, tape.arena.mark())
    reading!.shared = shared
    return shared
  }

  func attention(row: Int, sentence: Int) -> [Float] {
    guard let reading, let memory = reading.memory, let weights = reading.step?.weights else { return [] }
    return Array(
      UnsafeBufferPointer(start: weights.values + row * memory.steps, count: reading.lengths[sentence]))
  }

  func keep(_ rows: [Int]) {
    reading!.state = reading!.buffers.gather(reading!.step!.state, rows: rows, step: reading!.count)
    reading!.count += 1
    tape.arena.release(to: reading!.mark)
  }
}

/// The output layer for the candidates of some sentences: all are computed for each of their rows, and each takes its own.
private struct SharedOutputs {
  let outputs: SelectedOutputs
  /// For each sentence the columns of its candidates; none where there is one sentence, whose are all.
  private let columns: [[Int32]]

  /// - Parameter candidates: ascending, for each sentence.
  init(_ candidates: [[TokenID]], weight: Parameter, bias: Parameter) {
    guard candidates.count > 1 else {
      outputs = SelectedOutputs(candidates[0], weight: weight, bias: bias)
      columns = []
      return
    }
    var union = BitSet(reservingCapacity: weight.columns)
    for id in candidates.joined() { union.insert(Int(id)) }
    let all = union.map { TokenID($0) }
    outputs = SelectedOutputs(all, weight: weight, bias: bias)
    columns = candidates.map { own in
      var column = 0
      return own.map { id in
        while all[column] < id { column += 1 }
        return Int32(column)
      }
    }
  }

  /// The logits of a sentence's candidates, `[M, candidates]`, in those of all.
  func logits(of sentence: Int, in all: Tensor, _ tape: Tape) -> Tensor {
    columns.isEmpty ? all : tape.gatherColumns(all, columns[sentence])
  }
}

/// Several models of one vocabulary: the mean of their probabilities (Sutskever et al. 2014, section 3.6), and of
/// their attention.
final class EnsembleScorer: StepScorer {
  private let members: [ModelScorer]

  var profile: Profile? {
    get { members[0].profile }
    set { for member in members { member.profile = newValue } }
  }

  /// - Precondition: the models' parameters are packed, and they have one target vocabulary.
  init(_ models: [Seq2SeqModel]) {
    precondition(!models.isEmpty, "an ensemble of nothing")
    members = models.map(ModelScorer.init)
  }

  func begin(_ sentences: [[TokenID]], beamSize: Int, candidates: [[TokenID]]?) {
    for member in members { member.begin(sentences, beamSize: beamSize, candidates: candidates) }
  }

  func step(_ ids: [TokenID], sentences: [Int]) {
    for member in members { member.step(ids, sentences: sentences) }
  }

  func logits(from first: Int, count: Int, candidatesOf sentence: Int?) -> Tensor {
    let logits = members.map { $0.logits(from: first, count: count, candidatesOf: sentence) }
    for row in 0..<count { LogitRow.meanLogProbabilities(logits.map { $0.row(row) }) }
    return logits[0]
  }

  func attention(row: Int, sentence: Int) -> [Float] {
    let all = members.map { $0.attention(row: row, sentence: sentence) }.filter { !$0.isEmpty }
    guard let first = all.first else { return [] }
    return first.indices.map { place in all.reduce(0) { $0 + $1[place] } / Float(all.count) }
  }

  func keep(_ rows: [Int]) {
    for member in members { member.keep(rows) }
  }
}
