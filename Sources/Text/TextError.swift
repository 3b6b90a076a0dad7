import Foundation

/// What can be wrong with the files of the Text room. A line is counted from 1.
public enum TextError: Error, Hashable, Sendable {
  /// A file of BPE codes is empty or of a version that is not known.
  case codesVersion(firstLine: String)
  /// A line of a file of BPE codes is not two symbols with a space between.
  case codesLine(line: Int, content: String)
  /// A vocabulary holds an empty symbol, or one with a tab or the end of a line in it.
  case vocabularySymbol(line: Int, symbol: String)
  /// The count after a vocabulary's symbol is no whole number.
  case vocabularyCount(line: Int, count: String)
  /// A vocabulary holds a symbol twice.
  case vocabularyDuplicate(line: Int, symbol: String, firstLine: Int)
  /// A vocabulary lists one of the four symbols that every vocabulary has.
  case vocabularyReserved(line: Int, symbol: String)
  /// A model of SentencePiece can't be read.
  case sentencePieceModel(detail: String)
}

extension TextError: CustomStringConvertible, LocalizedError {
  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .codesVersion(let firstLine):
      """
      BPE codes, line 1: expected "#version: 0.2" or a merge, found "\(Self.excerpt(firstLine))". Learn the \
      codes with build-vocab or with subword-nmt.
      """
    case .sentencePieceModel(let detail):
      """
      SentencePiece model: \(detail). Give a .model file of kind unigram or BPE as spm_train writes it.
      """
    case .codesLine(let line, let content):
      """
      BPE codes, line \(line): expected two symbols with one space between, found \
      "\(Self.excerpt(content))". The file may be cut off; make it again with build-vocab.
      """
    case .vocabularySymbol(let line, let symbol):
      """
      Vocabulary, line \(line): the symbol "\(Self.excerpt(symbol))" is empty or holds a tab or the end of \
      a line. Write one symbol a line, then a tab and its count.
      """
    case .vocabularyCount(let line, let count):
      """
      Vocabulary, line \(line): the count "\(Self.excerpt(count))" is no whole number. Write one symbol a \
      line, then a tab and its count.
      """
    case .vocabularyDuplicate(let line, let symbol, let firstLine):
      """
      Vocabulary, line \(line): the symbol "\(Self.excerpt(symbol))" stands on line \(firstLine) already. \
      Remove one of them.
      """
    case .vocabularyReserved(let line, let symbol):
      """
      Vocabulary, line \(line): the symbol "\(symbol)" is in every vocabulary by itself. Remove the line.
      """
    }
  }

  /// The same as ``description``.
  public var errorDescription: String? { description }

  private static func excerpt(_ text: String) -> String {
    text.count > 60 ? text.prefix(60) + "…" : text
  }
}
