import Foundation
import Testing
import Text

@Suite("The phrasebook's files")
struct CorpusTests {
  private static let english = Tokenizer(language: "en", lowercase: true)
  private static let french = Tokenizer(language: "fr", lowercase: true)

  private func counts(_ lines: [String], _ tokenizer: Tokenizer) -> [String: Int] {
    var counts: [String: Int] = [:]
    for line in lines { for token in tokenizer.tokenize(line) { counts[token, default: 0] += 1 } }
    return counts
  }

  @Test("sizes")
  func sizes() throws {
    #expect(try Corpus.pairs("train").count == 24_000)
    #expect(try Corpus.pairs("dev").count == 1_000)
    #expect(try Corpus.pairs("test").count == 1_000)
    var bytes = 0
    for name in Corpus.fileNames {
      bytes += try Data(contentsOf: Corpus.folder.appendingPathComponent(name)).count
    }
    #expect(bytes < 4_000_000)
  }

  @Test("no English sentence twice, no French sentence of dev or test in train")
  func noOverlap() throws {
    let splits = try ["train", "dev", "test"].map { try Corpus.pairs($0) }
    let english = splits.flatMap { $0.map { $0.english.lowercased() } }
    #expect(Set(english).count == english.count)
    let train = Set(splits[0].map(\.french))
    for pair in splits[1] + splits[2] { #expect(!train.contains(pair.french), "\(pair.french)") }
  }

  @Test("at least 1,200 words a side; those of dev and test are frequent in train")
  func words() throws {
    for (suffix, tokenizer) in [(".en", Self.english), (".fr", Self.french)] {
      let train = counts(try Corpus.lines("train" + suffix), tokenizer)
      let words = train.keys.filter { $0.contains(where: \.isLetter) }
      #expect(words.count >= 1_200)
      for split in ["dev", "test"] {
        for token in counts(try Corpus.lines(split + suffix), tokenizer).keys {
          #expect(train[token, default: 0] >= 5, "\(token) is rare in train\(suffix)")
        }
      }
    }
  }

  @Test(
    "sentences of 2 to 19 tokens, normalised, that the tokeniser gives back",
    arguments: ["train", "dev", "test"])
  func lengths(split: String) throws {
    let normalizer = Normalizer()
    for pair in try Corpus.pairs(split) {
      for (line, tokenizer) in [
        (pair.english, Tokenizer(language: "en")), (pair.french, Tokenizer(language: "fr")),
      ] {
        let tokens = tokenizer.tokenize(line)
        #expect((2...26).contains(tokens.count), "\(line)")
        #expect(normalizer(line) == line)
        #expect(tokenizer.detokenize(tokens) == line)
      }
    }
  }

  @Test("French marks have their no-break spaces", arguments: ["train", "dev", "test"])
  func typography(split: String) throws {
    let lines = try Corpus.lines(split + ".fr")
    for line in lines {
      let scalars = Array(line.unicodeScalars)
      for (i, scalar) in scalars.enumerated() {
        switch scalar {
        case "?", "!", ";": #expect(scalars[i - 1] == "\u{202F}", "\(line)")
        case ":", "»": #expect(scalars[i - 1] == "\u{A0}", "\(line)")
        case "«": #expect(scalars[i + 1] == "\u{A0}", "\(line)")
        default: break
        }
      }
    }
    let text = lines.joined()
    for mark in ["\u{202F}?", "\u{202F}!", "\u{202F};", "\u{A0}:", "«\u{A0}", "\u{A0}»"] {
      #expect(text.contains(mark))
    }
  }
}
