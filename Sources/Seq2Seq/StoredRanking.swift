import Foundation
import Storage

/// The weights of a ranking, as a model file has them in JSON.
struct StoredRanking: Codable {
  private let order: Float
  private let direction: Float
  /// The update after which the checkpoint was written that they were found for.
  let step: Int

  var ranking: Ranking { Ranking(orderWeight: order, directionWeight: direction) }

  /// Weights that were found for a checkpoint.
  init(_ ranking: Ranking, step: Int) {
    order = ranking.orderWeight
    direction = ranking.directionWeight
    self.step = step
  }

  /// The weights that a model file holds; nil where none were looked for.
  ///
  /// - Throws: ``Seq2SeqError/model(path:_:)`` for what can't be read, or the storage's errors.
  init?(in file: ModelDatabase) throws {
    guard let json = try file.ranking() else { return nil }
    guard let stored = try? JSONDecoder().decode(Self.self, from: json) else {
      throw Seq2SeqError.model(
        path: file.path,
        "the weights of its ranking cannot be read (\(String(decoding: json.prefix(60), as: UTF8.self))); train-seq2seq "
          + "finds them when it ends a training")
    }
    self = stored
  }

  /// Writes them in the place of those that were there.
  func save(in file: ModelDatabase) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try file.saveRanking(encoder.encode(self))
  }
}
