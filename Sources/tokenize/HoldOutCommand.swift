import ArgumentParser
import Console
import Storage

/// `tokenize hold-out`: takes pairs out of the train split, to validate and to test with.
struct HoldOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold-out",
    abstract: "Take pairs out of the train split, for dev and test.",
    discussion: """
      Training needs pairs that it does not learn from: dev, to tell which checkpoint is best, and test, to tell how \
      good that is. A translation memory comes without them. Which pairs are taken depends on their sources alone, \
      so the same memory gives the same sets; pairs with the same source stay together, and what is imported into \
      train later leaves out the sources that are held out. When 'tokenize import --replace' puts another set in the \
      place of one, its pairs go back to train.

      Example:
        tokenize import --db memory.corpus.sqlite --source-lang en \\
          --target-lang fr --split train memory.tmx
        tokenize hold-out --db memory.corpus.sqlite --dev 1000 --test 1000
      """)

  @ParentCommand var filter: Tokenize

  @Option(help: "The corpus database.")
  var db: String

  @Option(help: "Pairs for dev; a twentieth of all, 1000 at most, unless given. 0: none.")
  var dev: Int?

  @Option(help: "Pairs for test; as many as for dev unless given. 0: none.")
  var test: Int?

  @Flag(name: .shortAndLong, help: "Say nothing but errors and warnings.")
  var quiet = false

  func validate() throws {
    for (name, value) in [("--dev", dev), ("--test", test)] where (value ?? 0) < 0 {
      throw ValidationError("\(name) is \(value!); give 0 or more.")
    }
    if dev == 0, test ?? 0 == 0 { throw ValidationError("With 0 pairs for both there is nothing to do.") }
  }

  func run() throws {
    try filter.refuseFilterFlags(with: "hold-out")
    Tool("tokenize", quiet: quiet || filter.quiet).run { tool in
      let corpus = try CorpusDatabase(opening: db)
      let wanted = try dev ?? standardCount(corpus)
      let counts = try corpus.holdOut(dev: wanted, test: test ?? wanted)
      let parts = Split.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: ", ")
      tool.note("\(db) has these pairs now: \(parts)")
    }
  }

  /// A twentieth of what there is to train on, 1000 at most.
  private func standardCount(_ corpus: CorpusDatabase) throws -> Int {
    let count = try corpus.count(split: .train)
    guard count >= 20 else {
      throw StorageError.cannotHoldOut(
        path: db, detail: "a twentieth of \(count) pairs to train on is not one pair")
    }
    return min(1_000, count / 20)
  }
}
