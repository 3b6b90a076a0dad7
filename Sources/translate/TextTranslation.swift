import Console
import Foundation
import Seq2Seq

/// Translates lines, or reads given translations of them, and writes what was asked for of each.
struct TextTranslation {
  /// Lines that are translated together, at most.
  private static let blockSize = 4_096
  let translator: Translator
  let options: SearchOptions
  /// Whether all translations of a line are listed, with their scores.
  let isList: Bool
  let alignment: AlignmentFormat?
  let pictures: [any AlignmentPictures]
  let progress: TranslationProgress

  /// - Parameter references: the given translations, a line each; `nil` to search.
  /// - Returns: how many lines were read.
  func run(_ reader: LineReader, references: LineReader?, to sink: OutputSink, _ tool: Tool) throws -> Int {
    var count = 0
    while true {
      let block = try reader.nextBatch(limit: Self.blockSize)
      if block.isEmpty { break }
      if let references {
        let targets = try block.map { _ in try nextReference(references, of: reader) }
        let aligned = progress.block(block.count) { _ in translator.align(Array(zip(block, targets))) }
        for (offset, translation) in aligned.enumerated() {
          try write(translation, line: count + offset, to: sink, withText: alignment == nil)
        }
      } else {
        let lists = progress.block(block.count) { translator.translateAll(block, options, progress: $0) }
        for (offset, list) in lists.enumerated() {
          if isList {
            for translation in list {
              try sink.write("\(count + offset) ||| \(translation.text) ||| \(translation.score)")
            }
          } else {
            try write(list[0], line: count + offset, to: sink, withText: true)
          }
        }
      }
      count += block.count
      try sink.flush()
    }
    if let references, try references.next() != nil {
      throw ConsoleError.failure(
        .dataError, "\(references.name) has more lines than \(reader.name), which has \(count)")
    }
    try sink.close()
    for picture in pictures { try picture.finish(tool) }
    progress.finish()
    for text in [reader, references].compactMap(\.self) where text.invalidLineCount > 0 {
      tool.warning(
        "\(text.invalidLineCount) line(s) of \(text.name) were not UTF-8, the first line "
          + "\(text.firstInvalidLine ?? 0); the broken bytes were read as U+FFFD")
    }
    return count
  }

  private func nextReference(_ references: LineReader, of reader: LineReader) throws -> String {
    guard let line = try references.next() else {
      throw ConsoleError.failure(
        .dataError,
        "\(references.name) has \(references.lineNumber) lines, fewer than \(reader.name); both need one a sentence"
      )
    }
    return line
  }

  private func write(_ translation: Translation, line: Int, to sink: OutputSink, withText: Bool) throws {
    let text = translation.text
    switch alignment {
    case nil: try sink.write(text)
    case .hard: try sink.write((withText ? "\(text) ||| " : "") + translation.hardAlignment)
    case .soft: try sink.write((withText ? "\(text) ||| " : "") + translation.softAlignment)
    case .json: try sink.write(try translation.json)
    case .drawing: try sink.write(text + "\n\n" + translation.drawing)
    }
    for picture in pictures { try picture.add(translation, line: line + 1) }
  }
}
