import Console
import Storage
import Text

/// How a vocabulary's file separates symbol and count.
enum VocabularyFormat: String, CaseIterable {
  case tab
  case space
}

extension LearntVocabulary {
  /// Writes `output.codes` and `output.vocab`, or one of each for a language. Each appears whole or not at
  /// all.
  func write(to output: String, format: VocabularyFormat) throws {
    var names = [""]
    if sides.count == 2 {
      let languages = [sourceConfiguration.language, targetConfiguration.language]
      names = languages[0] == languages[1] ? [".source", ".target"] : languages.map { ".\($0)" }
    }
    for (name, side) in zip(names, sides) {
      if let codes = side.codes { try AtomicFile.write(codes.text, to: "\(output)\(name).codes") }
      let text = format == .tab ? side.vocabulary.text : side.vocabulary.subwordNMTText
      try AtomicFile.write(text, to: "\(output)\(name).vocab")
    }
  }
}
