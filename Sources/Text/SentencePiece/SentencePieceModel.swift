import Foundation

/// A `.model` file of SentencePiece (Kudo and Richardson 2018), of kind unigram or BPE, applied with the
/// pieces of the reference library, version 0.2.
///
/// ```swift
/// let model = try SentencePieceModel(bytes: Array(Data(contentsOf: url)))
/// model.pieces(of: "Hello, John!")  // ["▁Hello", ",", "▁John", "!"]
/// ```
public final class SentencePieceModel: Sendable {
  /// A piece of a text.
  struct Segment {
    let text: String
    /// Whether the model has no piece for it.
    let isUnknown: Bool
  }

  /// The content of the file.
  public let bytes: [UInt8]

  private let specification: SentencePieceSpecification
  private let normalizer: SentencePieceNormalizer
  private let denormalizer: SentencePieceNormalizer?
  private let unigram: UnigramSegmenter?
  private let merger: SentencePieceMerger?

  /// A model from the content of its file.
  ///
  /// - Throws: ``TextError/sentencePieceModel(detail:)``.
  public init(bytes: [UInt8]) throws {
    self.bytes = bytes
    specification = try SentencePieceSpecification(parsing: bytes)
    let pieces = specification.pieces
    let unknown = pieces.firstIndex { $0.kind == .unknown }!
    let entries = pieces.enumerated().map { (key: $1.text, value: $0, kind: $1.kind) }
    let isPart: Set<SentencePieceSpecification.Kind> = [.normal, .userDefined, .unused]
    var seen: Set<ExactKey> = []
    for entry in entries where isPart.contains(entry.kind) {
      guard seen.insert(ExactKey(entry.key)).inserted else {
        throw TextError.sentencePieceModel(detail: "it has the piece \"\(entry.key)\" twice")
      }
    }
    let trie = PieceTrie(entries.filter { isPart.contains($0.kind) }.map { ($0.key, $0.value) })
    let fixed = PieceTrie(entries.filter { $0.kind == .userDefined }.map { ($0.key, $0.value) })
    normalizer = try SentencePieceNormalizer(
      specification.normalization, spaceIsSuffix: specification.spaceIsSuffix, fixed: fixed)
    denormalizer = try specification.denormalization.flatMap { rules in
      rules.map.isEmpty
        ? nil : try SentencePieceNormalizer(rules, spaceIsSuffix: false, fixed: PieceTrie([]))
    }
    let isUnigram = specification.algorithm == .unigram
    unigram = isUnigram ? UnigramSegmenter(pieces: pieces, trie: trie, unknown: unknown) : nil
    merger =
      isUnigram ? nil : SentencePieceMerger(pieces: pieces, trie: trie, fixed: fixed, unknown: unknown)
  }

  /// A model from ``text``.
  ///
  /// - Throws: ``TextError`` where it is no such text, with the line where there is one.
  public convenience init(parsing text: String) throws {
    guard text.hasPrefix(Self.header),
      let data = Data(
        base64Encoded: String(text.dropFirst(Self.header.count)), options: .ignoreUnknownCharacters)
    else {
      throw TextError.sentencePieceModel(detail: "the text does not begin with \"#sentencepiece base64\"")
    }
    try self.init(bytes: Array(data))
  }

  private static let header = "#sentencepiece base64\n"

  /// The file as text, in which a database keeps it: a line that says what it is, then base64.
  public var text: String { Self.header + Data(bytes).base64EncodedString() + "\n" }

  /// Which algorithm it is of: `unigram` or `bpe`.
  public var algorithm: String { "\(specification.algorithm)" }

  /// The pieces that text is made of, in the order of the file: all but the unknown one and those, such as
  /// `<s>`, that only control a model.
  public var symbols: [String] {
    specification.pieces.filter { $0.kind != .unknown && $0.kind != .control && $0.kind != .unused }
      .map(\.text)
  }

  /// The pieces of raw text; neighbouring characters that the model does not know are one piece, or the
  /// pieces of their bytes, as `<0xE2>`, if the model has those.
  public func pieces(of raw: String) -> [String] { segments(of: raw).map(\.text) }

  /// The pieces of raw text, with what is known of them.
  func segments(of raw: String) -> [Segment] {
    let normalised = normalizer(raw)
    return normalised.withUnsafeBufferPointer { bytes in
      let found = unigram?.segment(bytes) ?? merger!.segment(bytes)
      var result: [Segment] = []
      var unknown: [UInt8] = []
      func flush() {
        if unknown.isEmpty { return }
        result.append(Segment(text: String(decoding: unknown, as: UTF8.self), isUnknown: true))
        unknown = []
      }
      for (range, piece) in found {
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        if specification.pieces[piece].kind != .unknown {
          flush()
          result.append(Segment(text: String(decoding: text, as: UTF8.self), isUnknown: false))
        } else if specification.hasByteFallback {
          result += text.map { Segment(text: Self.piece(ofByte: $0), isUnknown: false) }
        } else {
          unknown += text
        }
      }
      flush()
      return result
    }
  }
}

// MARK: - Back to text

extension SentencePieceModel {
  /// The text of pieces.
  public func text(of pieces: [String]) -> String {
    var joiner = PieceJoiner(model: self)
    let text = pieces.map { joiner.text(of: $0) }.joined() + joiner.finish()
    return finished(text)
  }

  /// Text that has been joined, as the model wants it to look.
  func finished(_ text: String) -> String {
    denormalizer.map { String(decoding: $0(text), as: UTF8.self) } ?? text
  }

  /// Whether a word begins with a piece, or ends with it in models that put the space after the word.
  func parts(_ piece: String) -> Bool {
    // By scalars: a mark may combine with it.
    let scalars = piece.unicodeScalars
    return (specification.spaceIsSuffix ? scalars.last : scalars.first) == "\u{2581}"
  }

  /// Whether the space stands at the end of a word.
  var spaceIsSuffix: Bool { specification.spaceIsSuffix }

  /// Turns pieces to text one after the other: spaces before the first word are dropped, bytes wait until
  /// they are characters.
  struct PieceJoiner {
    private let rules: SentencePieceSpecification.Normalization
    private let hasBytes: Bool
    private var isAtStart = true
    private var dropsSpace = true
    private var waiting: [UInt8] = []

    init(model: SentencePieceModel) {
      rules = model.specification.normalization
      hasBytes = model.specification.hasByteFallback
    }

    /// The text that a piece adds, that of the bytes before it included.
    mutating func text(of piece: String) -> String {
      if hasBytes, let byte = SentencePieceModel.byte(ofPiece: piece) {
        waiting.append(byte)
        return ""
      }
      let before = finish()
      var rest = Substring(piece).unicodeScalars
      if !before.isEmpty || !isAtStart { dropsSpace = false }
      if dropsSpace, rules.addsDummyPrefix || rules.removesExtraSpaces, rest.first == "\u{2581}" {
        rest.removeFirst()
        // Of several spaces before the first word one was the prefix; the others are text, unless the
        // model removes them.
        if !rules.removesExtraSpaces { dropsSpace = false }
      }
      let text = String(String.UnicodeScalarView(rest.map { $0 == "\u{2581}" ? " " : $0 }))
      if !text.isEmpty { isAtStart = false }
      return before + text
    }

    /// The text of the bytes that wait.
    mutating func finish() -> String {
      defer { waiting.removeAll() }
      if !waiting.isEmpty { isAtStart = false }
      return SentencePieceModel.repaired(waiting)
    }
  }

  /// Bytes as text, each that is no part of a character as U+FFFD.
  static func repaired(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var result = ""
    var index = 0
    while index < bytes.count {
      let length = ScalarReader.length(ofFirstByte: bytes[index])
      let end = min(index + length, bytes.count)
      if let character = String(validating: bytes[index..<end], as: UTF8.self) {
        result += character
        index = end
      } else {
        result += "\u{FFFD}"
        index += 1
      }
    }
    return result
  }

  /// The piece of a byte: `<0x0A>`.
  static func piece(ofByte byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(byte < 16 ? "0" : "")\(digits)>"
  }

  /// The byte that a piece stands for, if it is written like one.
  static func byte(ofPiece piece: String) -> UInt8? {
    guard piece.utf8.count == 6, piece.hasPrefix("<0x"), piece.hasSuffix(">"),
      let byte = UInt8(piece.dropFirst(3).dropLast(), radix: 16), Self.piece(ofByte: byte) == piece
    else { return nil }
    return byte
  }
}
