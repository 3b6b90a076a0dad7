import Storage
import Text

extension CorpusDatabase {
  /// The token ids of pairs, in the order of `ids`, each of which a model of that shape has.
  ///
  /// - Throws: `StorageError`, `.damagedBlob` where an id is outside the vocabulary.
  func segments(vocabulary: Int64, ids: [Int64], of model: ModelConfiguration) throws -> [Segment] {
    let segments = try segments(vocabulary: vocabulary, ids: ids)
    for segment in segments {
      for (ids, count) in [
        (segment.source, model.sourceVocabulary), (segment.target, model.targetVocabulary),
      ] {
        if let id = ids.first(where: { Int($0) >= count }) {
          throw StorageError.damagedBlob(
            path: path, item: "the tokens of pair \(segment.id)",
            detail: "there is no word \(id) among the \(count) of the vocabulary")
        }
      }
    }
    return segments
  }
}
