/// What a `.model` file of SentencePiece says: the messages of its `sentencepiece_model.proto` that
/// encoding and decoding need, with the defaults that are written there.
struct SentencePieceSpecification: Sendable {
  /// What a piece is.
  enum Kind: Int, Sendable {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  /// A piece of the vocabulary.
  struct Piece: Sendable {
    var text = ""
    var score: Float = 0
    var kind = Kind.normal
  }

  /// How pieces are chosen.
  enum Algorithm: Int, Sendable {
    case unigram = 1
    case bpe, word, char
  }

  /// How text is normalised before it is parted.
  struct Normalization: Sendable {
    var map: [UInt8] = []
    var addsDummyPrefix = true
    var removesExtraSpaces = true
    var escapesSpaces = true
  }

  private(set) var pieces: [Piece] = []
  private(set) var algorithm = Algorithm.unigram
  private(set) var hasByteFallback = false
  private(set) var spaceIsSuffix = false
  private(set) var normalization = Normalization()
  private(set) var denormalization: Normalization?

  init(parsing bytes: [UInt8]) throws {
    var reader = WireReader(bytes[...])
    while let (field, value) = try reader.next() {
      guard let message = value.bytes else { continue }
      switch field {
      case 1: pieces.append(try Self.piece(message))
      case 2: try readTrainer(message)
      case 3: normalization = try Self.normalization(message)
      case 5: denormalization = try Self.normalization(message)
      default: break
      }
    }
    try check()
  }

  private static func piece(_ message: ArraySlice<UInt8>) throws -> Piece {
    var piece = Piece()
    var reader = WireReader(message)
    while let (field, value) = try reader.next() {
      switch field {
      case 1:
        guard let text = String(validating: value.bytes ?? [], as: UTF8.self) else {
          throw TextError.sentencePieceModel(detail: "a piece is not UTF-8")
        }
        piece.text = text
      case 2: piece.score = value.float ?? 0
      case 3:
        guard let kind = value.integer.flatMap(Kind.init) else {
          throw TextError.sentencePieceModel(detail: "the piece \"\(piece.text)\" is of an unknown type")
        }
        piece.kind = kind
      default: break
      }
    }
    return piece
  }

  private mutating func readTrainer(_ message: ArraySlice<UInt8>) throws {
    var reader = WireReader(message)
    while let (field, value) = try reader.next() {
      switch field {
      case 3:
        guard let algorithm = value.integer.flatMap(Algorithm.init) else {
          throw TextError.sentencePieceModel(detail: "its algorithm is unknown")
        }
        self.algorithm = algorithm
      case 24: spaceIsSuffix = value.isTrue
      case 35: hasByteFallback = value.isTrue
      default: break
      }
    }
  }

  private static func normalization(_ message: ArraySlice<UInt8>) throws -> Normalization {
    var result = Normalization()
    var reader = WireReader(message)
    while let (field, value) = try reader.next() {
      switch field {
      case 2: result.map = Array(value.bytes ?? [])
      case 3: result.addsDummyPrefix = value.isTrue
      case 4: result.removesExtraSpaces = value.isTrue
      case 5: result.escapesSpaces = value.isTrue
      default: break
      }
    }
    return result
  }

  private func check() throws {
    guard !pieces.isEmpty else {
      throw TextError.sentencePieceModel(detail: "it holds no pieces, so it is no such model")
    }
    guard algorithm == .unigram || algorithm == .bpe else {
      throw TextError.sentencePieceModel(detail: "it is of kind \(algorithm), which is not supported")
    }
    guard pieces.filter({ $0.kind == .unknown }).count == 1 else {
      throw TextError.sentencePieceModel(detail: "it has not one piece of type UNKNOWN")
    }
    if let index = pieces.firstIndex(where: \.text.isEmpty) {
      throw TextError.sentencePieceModel(detail: "piece \(index) is empty")
    }
    let bytes = pieces.filter { $0.kind == .byte }
    let values = Set(bytes.compactMap { SentencePieceModel.byte(ofPiece: $0.text) })
    guard values.count == (hasByteFallback ? 256 : 0), bytes.count == values.count else {
      throw TextError.sentencePieceModel(detail: "its pieces for single bytes are not complete")
    }
  }
}
