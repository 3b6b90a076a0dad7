/// A link between a source word and a target word, both counted from 0.
public struct AlignmentLink: Hashable, Comparable, Codable, Sendable {
  /// The place of the source word.
  public let source: Int
  /// The place of the target word.
  public let target: Int

  /// Creates a link.
  public init(source: Int, target: Int) {
    self.source = source
    self.target = target
  }

  /// By source word, then by target word.
  public static func < (left: AlignmentLink, right: AlignmentLink) -> Bool {
    (left.source, left.target) < (right.source, right.target)
  }
}

extension AlignmentMatrix {
  /// Which words belong together, sorted by source word.
  ///
  /// - Parameter threshold: without it, each target word is linked to the one source word that weighs most
  ///   (of several as heavy, the first), or to none if its row is all zeros; with it, to all those that
  ///   weigh at least as much as the threshold.
  public func hardLinks(threshold: Float? = nil) -> [AlignmentLink] {
    var links: [AlignmentLink] = []
    for target in targetTokens.indices {
      let row = Array(row(target: target))
      if let threshold {
        for source in row.indices where row[source] >= threshold {
          links.append(AlignmentLink(source: source, target: target))
        }
      } else if let best = heaviest(in: row) {
        links.append(AlignmentLink(source: best, target: target))
      }
    }
    return links.sorted()
  }

  /// The source word that weighs most for a target word, if any weighs something.
  public func heaviestSource(forTarget target: Int) -> Int? {
    heaviest(in: Array(row(target: target)))
  }

  private func heaviest(in row: [Float]) -> Int? {
    var best: Int?
    for source in row.indices where row[source] > (best.map { row[$0] } ?? 0) { best = source }
    return best
  }
}
