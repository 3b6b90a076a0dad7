import ArgumentParser
import Foundation
import Storage

/// How the files of an import are to be read.
enum InputFormat: String, CaseIterable, ExpressibleByArgument {
  /// Files whose lines correspond, two by two.
  case text
  /// A pair on each line, with a tab between.
  case tsv
  /// A translation memory.
  case tmx
  /// A gettext catalogue.
  case po

  /// What the ending of a name says, `.gz` aside; text where it says nothing.
  init(name: String) {
    switch Self.ending(of: name) {
    case "tsv", "tab": self = .tsv
    case "tmx": self = .tmx
    case "po": self = .po
    default: self = .text
    }
  }

  private static func ending(of name: String) -> String {
    let url = URL(fileURLWithPath: name)
    let last = url.pathExtension.lowercased()
    return last == "gz" ? url.deletingPathExtension().pathExtension.lowercased() : last
  }

  /// Endings of files that hold sentence pairs in forms that are not read, which would be taken for text.
  private static let unread: Set<String> = [
    "csv", "xls", "xlsx", "ods", "doc", "docx", "odt", "xlf", "xliff", "sdlxliff", "mqxliff", "sdltm", "json",
    "jsonl",
    "mo", "sqlite", "zip",
  ]

  /// The inputs that the files of a command line are.
  ///
  /// - Parameter format: how all are to be read; nil goes by their names.
  static func inputs(
    _ files: [String], format: InputFormat?, sourceLanguage: String, targetLanguage: String
  ) throws -> [CorpusInput] {
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("- is given twice, but there is one standard input.")
    }
    if files.contains("-") && format == nil {
      throw ValidationError("- has no name that tells its format; add --format text, tsv, tmx or po.")
    }
    var inputs: [CorpusInput] = []
    var half: String?
    for name in files {
      let file = InputFile(name)
      if format == nil, unread.contains(ending(of: name)) {
        throw ValidationError(
          "\(name) is of a format that is not read. A spreadsheet can be saved as text with tabs, .tsv, and translation "
            + "programs export .tmx; --format text takes it for text nonetheless.")
      }
      let kind = format ?? InputFormat(name: name)
      if let half, kind != .text { throw alone(half) }
      switch kind {
      case .tsv: inputs.append(.tabSeparated(file))
      case .tmx: inputs.append(.tmx(file))
      case .po: inputs.append(.po(file))
      case .text:
        guard let first = half else {
          half = name
          continue
        }
        if format == nil, sourceLanguage != targetLanguage, ending(of: first) == targetLanguage,
          ending(of: name) == sourceLanguage
        {
          throw ValidationError(
            "\(first) comes before \(name), but the source is \(sourceLanguage): give the source's file first, "
              + "or --format text if the names mislead.")
        }
        inputs.append(.aligned(source: InputFile(first), target: file))
        half = nil
      }
    }
    if let half { throw alone(half) }
    return inputs
  }

  private static func alone(_ name: String) -> ValidationError {
    ValidationError(
      "\(name) is text without a second file: give two files whose lines correspond, or a .tsv, .tmx or .po "
        + "file, or say --format.")
  }
}

extension InputFile {
  /// The file of an argument, where `-` is the standard input.
  init(_ argument: String) {
    self = argument == "-" ? .standardInput : .path(argument)
  }
}
