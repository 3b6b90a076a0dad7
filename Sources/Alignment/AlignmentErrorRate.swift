/// How far links are from those that people drew (Och and Ney 2003, section 6).
///
/// With A the links to judge, S the sure and P the possible gold links, S a part of P:
/// precision |A∩P| / |A|, recall |A∩S| / |S|, and AER 1 - (|A∩S| + |A∩P|) / (|A| + |S|).
/// Counts are summed over the sentences before the division.
public struct AlignmentErrorRate: Hashable, Sendable {
  /// |A|: how many links were judged.
  public private(set) var links = 0
  /// |S|: how many sure gold links there are.
  public private(set) var sureLinks = 0
  /// |A∩S|: judged links that are sure.
  public private(set) var sureMatches = 0
  /// |A∩P|: judged links that are sure or possible.
  public private(set) var possibleMatches = 0

  /// Creates the rate of no sentences.
  public init() {}

  /// Compares sentence by sentence.
  ///
  /// - Throws: ``AlignmentError/unequalCounts(gold:hypothesis:)``.
  public init(gold: [Pharaoh.Sentence], hypothesis: [Set<AlignmentLink>]) throws {
    guard gold.count == hypothesis.count else {
      throw AlignmentError.unequalCounts(gold: gold.count, hypothesis: hypothesis.count)
    }
    for (gold, links) in zip(gold, hypothesis) { add(gold: gold, links: links) }
  }

  /// Adds a sentence.
  public mutating func add(gold: Pharaoh.Sentence, links judged: Set<AlignmentLink>) {
    links += judged.count
    sureLinks += gold.sure.count
    sureMatches += judged.intersection(gold.sure).count
    possibleMatches += judged.intersection(gold.all).count
  }

  /// The share of the links that are right, 0 to 1; 1 where there are none, for none is wrong.
  public var precision: Double { links == 0 ? 1 : Double(possibleMatches) / Double(links) }

  /// The share of the sure links that were found, 0 to 1; 1 where there are none to find.
  public var recall: Double { sureLinks == 0 ? 1 : Double(sureMatches) / Double(sureLinks) }

  /// The alignment error rate, 0 (best) to 1; 0 where there is nothing on either side.
  public var errorRate: Double {
    guard links + sureLinks > 0 else { return 0 }
    return 1 - Double(sureMatches + possibleMatches) / Double(links + sureLinks)
  }
}
