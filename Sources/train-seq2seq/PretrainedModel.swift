import Console
import Foundation
import Seq2Seq
import Storage
import Text

/// The model that `--init-from` names: where a new model starts.
struct PretrainedModel {
  private let path: String
  /// The file that it is in.
  let file: ModelDatabase
  private let model: Seq2SeqModel

  /// - Throws: the errors of loading a model.
  init(path: String) throws {
    self.path = path
    file = try ModelDatabase(opening: path)
    model = try Seq2SeqModel.load(from: file, path: path).model
  }

  /// Its vocabulary, which a corpus without one takes.
  var vocabulary: VocabularyRecord { file.vocabulary }

  /// Gives a corpus that has no vocabulary that of the model, and stores its token ids.
  ///
  /// - Returns: the number of the vocabulary in the corpus.
  func lendVocabulary(to corpus: CorpusDatabase, _ tool: Tool) throws -> Int64 {
    let codecs = try file.vocabulary.codecs()
    let teacher = PairEncoder(source: codecs.source, target: codecs.target, givesLessons: true)
    let encoder = PairEncoder(source: codecs.source, target: codecs.target)
    let id = try corpus.saveVocabulary(file.vocabulary) { split, pair in
      let (source, target) = (split == .train ? teacher : encoder).encode(
        source: pair.source, target: pair.target)
      return (source.ids, target.ids)
    }
    tool.note("\(corpus.path) had no vocabulary; it has that of \(path) now")
    return id
  }

  /// - Throws: `ConsoleError` that says what differs.
  func check(_ vocabulary: VocabularyRecord, _ shape: ModelConfiguration, _ corpus: CorpusDatabase) throws {
    let db = corpus.path
    guard corpus.sourceLanguage == file.sourceLanguage, corpus.targetLanguage == file.targetLanguage else {
      throw ConsoleError.failure(
        .configuration,
        "\(db) is of \(corpus.sourceLanguage) and \(corpus.targetLanguage), but \(path) translates "
          + "\(file.sourceLanguage) to \(file.targetLanguage); give a corpus of the same languages, in that order"
      )
    }
    let differences = vocabulary.differences(from: file.vocabulary)
    guard differences.isEmpty else {
      throw ConsoleError.failure(
        .configuration,
        "\(db) and \(path) have different vocabularies (\(differences.joined(separator: "; "))); import the text into a "
          + "new corpus database without build-vocab, and --init-from brings the model's vocabulary with it")
    }
    guard model.configuration == shape else {
      throw ConsoleError.failure(
        .configuration,
        "\(path) is a model of another shape (\(model.configuration.differences(from: shape))); take its settings"
      )
    }
  }

  /// Gives a new model the parameters; one that has been trained takes its own from its file afterwards.
  func start(_ other: Seq2SeqModel) {
    for (parameter, source) in zip(other.store.parameters, model.store.parameters) {
      parameter.assign(source.array)
    }
  }
}
