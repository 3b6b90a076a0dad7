extension Author {
  /// All constructions with their weights.
  static let constructions: [(weight: Int, write: @Sendable (Author) -> Phrase)] = [
    (16, { $0.transitive() }),
    (7, { $0.transitiveQuestion() }),
    (10, { $0.intransitive() }),
    (5, { $0.going() }),
  ]
}
