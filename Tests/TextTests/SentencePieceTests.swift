import Foundation
import Testing
import Text

@Suite("SentencePiece")
struct SentencePieceTests {
  private func model(_ name: String) throws -> SentencePieceModel {
    let folder = Bundle.module.resourceURL!.appendingPathComponent("Golden")
    return try SentencePieceModel(
      bytes: Array(Data(contentsOf: folder.appendingPathComponent("\(name).model"))))
  }

  @Test(
    "The pieces are those of the reference library",
    arguments: ["unigram", "unigram-bytes", "bpe", "bpe-bytes"])
  func pieces(name: String) throws {
    let model = try model(name)
    #expect(model.algorithm == name.prefix { $0 != "-" })
    let expected = lines(of: try golden("\(name).sp"))
    let raw = lines(of: try golden("sp.txt"))
    #expect(raw.count == expected.count)
    for (line, pieces) in zip(raw, expected) {
      #expect(model.pieces(of: line).joined(separator: " ").bytes == pieces.bytes, "\(line)")
    }
    let back = lines(of: try golden("\(name).back"))
    for (pieces, text) in zip(expected, back) {
      #expect(model.text(of: pieces.split(separator: " ").map(String.init)).bytes == text.bytes)
    }
  }

  @Test("A codec reads and writes with a model, and is stored whole")
  func codec() throws {
    let model = try model("bpe-bytes")
    let configuration = TextConfiguration(
      language: "en", normalizer: Normalizer(form: .none), protected: [], kind: .sentencepiece)
    let vocabulary = try Vocabulary(symbols: model.symbols)
    let codec = try TextCodec(
      configuration: configuration, storedCodes: model.text, vocabulary: Vocabulary(parsing: vocabulary.text))
    let encoded = codec.encode("A dog runs, 漢!")
    #expect(encoded.ids.map(vocabulary.symbol(for:)) == model.pieces(of: "A dog runs, 漢!"))
    #expect(encoded.tokens == ["A", "dog", "runs,", "漢!"])
    let decoded = codec.decode(encoded.ids)
    #expect(decoded.text == "A dog runs, 漢!")
    #expect(decoded.tokens == encoded.tokens)
    #expect(decoded.tokenIndex == encoded.tokenIndex)
    #expect(throws: TextError.self) {
      try TextCodec(configuration: configuration, storedCodes: nil, vocabulary: vocabulary)
    }
  }

  @Test("Unknown pieces are copied by attention")
  func unknown() throws {
    let model = try model("unigram")
    let codec = TextCodec(
      configuration: TextConfiguration(
        language: "en", normalizer: Normalizer(form: .none), protected: [], kind: .sentencepiece),
      codes: nil, sentencePiece: model, vocabulary: try Vocabulary(symbols: model.symbols))
    let source = codec.encode("漢字 dog")
    #expect(source.ids.contains(Vocabulary.unknown))
    let weights: [Float] = source.tokenIndex.map { $0 == 0 ? 0.9 : 0 }
    let copied = codec.decode([Vocabulary.unknown], from: source, attention: [SourceWeights(weights)])
    #expect(copied.text == "漢字")
    #expect(codec.decode([Vocabulary.unknown]).text == "<unk>")
  }

  @Test("A file that is no model is refused with the reason")
  func errors() throws {
    #expect(throws: TextError.self) { try SentencePieceModel(bytes: []) }
    #expect(throws: TextError.self) { try SentencePieceModel(bytes: Array("plain text".utf8)) }
    let bytes = try model("bpe").bytes
    #expect(throws: TextError.self) { try SentencePieceModel(bytes: Array(bytes.dropLast(40))) }
    #expect(throws: TextError.self) { try SentencePieceModel(parsing: "#version: 0.2\n") }
    #expect(try SentencePieceModel(parsing: model("bpe").text).bytes == bytes)
    for length in stride(from: 0, to: bytes.count, by: 97) {
      // Cut off anywhere, it is an error or a model, never a crash.
      _ = try? SentencePieceModel(bytes: Array(bytes.prefix(length))).pieces(of: "A dog")
    }
  }
}
