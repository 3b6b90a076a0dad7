/// Pairs of words that occur in one sentence pair, each once, by source word; and for every two words of every pair
/// where their entry stands.
struct Cooccurrences {
  /// Where the entries of each source word start; one more at the end.
  var starts: [Int]
  /// The target word of each entry.
  var targets: [Int32] = []
  /// For each pair, for each of its source words and then the empty word, for each of its target words: the entry.
  var places: [Int32]

  /// - Precondition: source words are below `sourceCount`, which is the number of the empty word, and target words
  ///   below `targetCount`.
  init(pairs: [(source: [Int32], target: [Int32])], sourceCount: Int, targetCount: Int) {
    let empty = sourceCount
    // Every occurrence of each source word: the pair, and where its row of places begins.
    var occurrences = [[(pair: Int32, offset: Int)]](repeating: [], count: sourceCount + 1)
    var total = 0
    for (number, pair) in pairs.enumerated() {
      precondition(pair.source.allSatisfy { $0 >= 0 && $0 < empty }, "a source word outside the vocabulary")
      precondition(
        pair.target.allSatisfy { $0 >= 0 && $0 < targetCount }, "a target word outside the vocabulary")
      for word in pair.source {
        occurrences[Int(word)].append((Int32(number), total))
        total += pair.target.count
      }
      occurrences[empty].append((Int32(number), total))
      total += pair.target.count
    }
    places = [Int32](repeating: 0, count: total)
    starts = [0]
    var entry = [Int32](repeating: -1, count: targetCount)
    for words in occurrences {
      let start = targets.count
      for (pair, offset) in words {
        for (place, target) in pairs[Int(pair)].target.enumerated() {
          if entry[Int(target)] < 0 {
            entry[Int(target)] = Int32(targets.count)
            targets.append(target)
          }
          places[offset + place] = entry[Int(target)]
        }
      }
      for target in targets[start...] { entry[Int(target)] = -1 }
      starts.append(targets.count)
    }
  }
}
