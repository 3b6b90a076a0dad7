import Interchange

/// Where an input comes from. What is gzip inside is decompressed on the way, whatever its name.
public enum InputFile: Sendable, Hashable {
  /// A file.
  case path(String)
  /// The standard input.
  case standardInput

  /// The name to use in messages and as the origin of pairs.
  public var name: String {
    switch self {
    case .path(let path): path
    case .standardInput: "standard input"
    }
  }

  func open() throws -> ByteSource {
    switch self {
    case .path(let path): try ByteSource(path: path, chunkSize: 1 << 18)
    case .standardInput: ByteSource(standardInput: name, chunkSize: 1 << 18)
    }
  }
}

/// A text or file with sentence pairs in it, and how it is to be read.
public enum CorpusInput: Sendable, Hashable {
  /// Two files whose lines correspond. A line ends at `\n` only.
  case aligned(source: InputFile, target: InputFile)
  /// One file with the source, a tab and the target on each line.
  case tabSeparated(InputFile)
  /// A translation memory in TMX 1.1 to 1.4.
  case tmx(InputFile)
  /// A gettext catalogue. Fuzzy, obsolete and untranslated entries are left out.
  case po(InputFile)

  /// The files in it.
  public var files: [InputFile] {
    switch self {
    case .aligned(let source, let target): [source, target]
    case .tabSeparated(let file), .tmx(let file), .po(let file): [file]
    }
  }

  func reader(sourceLanguage: String, targetLanguage: String) throws -> any PairReader {
    switch self {
    case .aligned(let source, let target):
      try AlignedFilesReader(source: TextLines(source.open()), target: TextLines(target.open()))
    case .tabSeparated(let file):
      try TabSeparatedReader(lines: TextLines(file.open()))
    case .tmx(let file):
      InterchangeReader(
        try TMXReader(file.open(), sourceLanguage: sourceLanguage, targetLanguage: targetLanguage),
        origin: file.name)
    case .po(let file):
      InterchangeReader(POReader(try file.open()), origin: file.name)
    }
  }
}
