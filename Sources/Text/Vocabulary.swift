/// The number of a symbol in a ``Vocabulary``.
public typealias TokenID = Int32

/// The symbols of one language or of two, each with its number, and how often each was seen.
///
/// The first four numbers are the same in all: `<pad>`, `<unk>`, `<s>` and `</s>`. A symbol compares by
/// its scalars, so that forms of a letter that look alike are different symbols.
///
/// As text, a vocabulary is one symbol a line, in the order of the numbers and without those four, then a
/// tab and the count; the count may be missing. The lists that subword-nmt's `get-vocab` writes, with a
/// space in place of the tab, are read and written as well.
public struct Vocabulary: Hashable, Sendable {
  /// The number of `<pad>`, which fills a batch and means nothing.
  public static let padding: TokenID = 0
  /// The number of `<unk>`, any symbol that is not in the vocabulary.
  public static let unknown: TokenID = 1
  /// The number of `<s>`, from which a decoder starts.
  public static let beginOfSentence: TokenID = 2
  /// The number of `</s>`, with which a sentence ends.
  public static let endOfSentence: TokenID = 3
  /// The symbols of the first four numbers.
  public static let specialSymbols = ["<pad>", "<unk>", "<s>", "</s>"]

  private let symbols: [String]  // the special ones included
  private let counts: [Int]
  private let ids: [ExactKey: TokenID]

  /// A vocabulary of the given symbols, without the four special ones, in the order of their numbers.
  ///
  /// - Parameter counts: how often each symbol was seen; all 0 if not given.
  /// - Throws: ``TextError`` with the place of the symbol, counted from 1, as the line.
  public init(symbols: [String], counts: [Int]? = nil) throws {
    precondition(
      counts == nil || counts?.count == symbols.count,
      "\(symbols.count) symbols came with \(counts?.count ?? 0) counts.")
    let specials = Self.specialSymbols
    var ids: [ExactKey: TokenID] = [:]
    ids.reserveCapacity(specials.count + symbols.count)
    for (id, symbol) in specials.enumerated() { ids[ExactKey(symbol)] = TokenID(id) }
    for (index, symbol) in symbols.enumerated() {
      if symbol.isEmpty
        || symbol.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D })
      {
        throw TextError.vocabularySymbol(line: index + 1, symbol: symbol)
      }
      let id = TokenID(specials.count + index)
      if let first = ids.updateValue(id, forKey: ExactKey(symbol)) {
        if Int(first) < specials.count {
          throw TextError.vocabularyReserved(line: index + 1, symbol: symbol)
        }
        throw TextError.vocabularyDuplicate(
          line: index + 1, symbol: symbol, firstLine: Int(first) - specials.count + 1)
      }
    }
    self.symbols = specials + symbols
    self.counts = [0, 0, 0, 0] + (counts ?? Array(repeating: 0, count: symbols.count))
    self.ids = ids
  }

  /// The vocabulary that a file's text holds, see ``text``.
  ///
  /// - Throws: ``TextError`` where a line is none of a vocabulary.
  public init(parsing text: String) throws {
    var symbols: [String] = []
    var counts: [Int] = []
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let line = line.last == 0x0D ? line.dropLast() : line
      let separator: UInt8 = line.contains(0x09) ? 0x09 : 0x20
      let fields = line.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
      symbols.append(String(fields[0])!)
      if fields.count == 2 {
        let field = String(fields[1])!
        guard let count = Int(field) else { throw TextError.vocabularyCount(line: index + 1, count: field) }
        counts.append(count)
      } else {
        counts.append(0)
      }
    }
    try self.init(symbols: symbols, counts: counts)
  }

  /// The vocabulary as a file's text.
  public var text: String {
    zip(symbols, counts).dropFirst(Self.specialSymbols.count).map { "\($0)\t\($1)\n" }.joined()
  }

  /// The vocabulary as subword-nmt's `get-vocab` writes one: symbol, space, count.
  public var subwordNMTText: String {
    zip(symbols, counts).dropFirst(Self.specialSymbols.count).map { "\($0) \($1)\n" }.joined()
  }

  /// The symbols that were seen at least so often, as subword-nmt's `--vocabulary-threshold` takes them.
  ///
  /// - Throws: ``TextError`` where a symbol stands twice, which no vocabulary that was made before has.
  public func seen(atLeast threshold: Int) throws -> Vocabulary {
    let kept = zip(symbols, counts).dropFirst(Self.specialSymbols.count).filter { $1 >= threshold }
    return try Vocabulary(symbols: kept.map(\.0), counts: kept.map(\.1))
  }

  /// The number of symbols, the four special ones included.
  public var count: Int { symbols.count }

  /// The number of a symbol, ``unknown`` if it is not in the vocabulary.
  public func id(of symbol: String) -> TokenID { ids[ExactKey(symbol)] ?? Self.unknown }

  /// Whether a symbol has a number of its own.
  public func contains(_ symbol: String) -> Bool { ids[ExactKey(symbol)] != nil }

  /// The symbol of a number, `<unk>` if no symbol has it.
  public func symbol(for id: TokenID) -> String {
    symbols.indices.contains(Int(id)) ? symbols[Int(id)] : symbols[Int(Self.unknown)]
  }

  /// How often the symbol of a number was seen when the vocabulary was made.
  public func count(of id: TokenID) -> Int {
    counts.indices.contains(Int(id)) ? counts[Int(id)] : 0
  }
}

extension Vocabulary {
  /// The most frequent symbols, in falling order of their counts, those of one count in the order of code
  /// points.
  ///
  /// - Parameters:
  ///   - counts: how often each symbol was seen; the special symbols among them are left out.
  ///   - limit: the greatest number of symbols, the four special ones not counted.
  ///   - minimumCount: symbols that were seen less often are left out; with 1, characters that stand only
  ///     in longer pieces, see ``TokenCounter/symbolCounts(kind:codes:)``.
  ///   - first: those of these symbols that are kept come before all others.
  /// - Throws: ``TextError`` where a symbol stands twice, which no vocabulary that was made before has.
  public init(
    counts: [ExactKey: Int], limit: Int? = nil, minimumCount: Int = 0, first: Set<ExactKey> = []
  ) throws {
    let specials = Set(Self.specialSymbols.map { ExactKey($0) })
    var kept = counts.filter { $0.value >= minimumCount && !specials.contains($0.key) }
      .sorted {
        $0.value != $1.value ? $0.value > $1.value : $0.key.string.precedesInCodePoints($1.key.string)
      }
      .prefix(limit ?? Int.max)[...]
    if !first.isEmpty {
      kept = (kept.filter { first.contains($0.key) } + kept.filter { !first.contains($0.key) })[...]
    }
    try self.init(symbols: kept.map(\.key.string), counts: kept.map(\.value))
  }

  /// The vocabulary of the symbols with the first numbers, `count` of them, the four special ones included.
  ///
  /// - Throws: ``TextError`` where a symbol stands twice, which no vocabulary that was made before has.
  public func prefix(_ count: Int) throws -> Vocabulary {
    let first = Self.specialSymbols.count
    precondition(count >= first, "A vocabulary has \(first) special symbols, not \(count).")
    let kept = zip(symbols, counts).prefix(count).dropFirst(first)
    return try Vocabulary(symbols: kept.map(\.0), counts: kept.map(\.1))
  }
}
