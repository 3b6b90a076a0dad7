import ArgumentParser
import Console
import Foundation
import Foundation
import Interchange
import Seq2Seq

/// What `translate` reads and writes.
enum InputFormat: String, ExpressibleByArgument, CaseIterable {
  /// Text: a line in, a line out.
  case text
  /// A gettext catalogue: entries without a translation get one and are marked fuzzy.
  case po
  /// A translation memory: units without the target language get it, signed with the tool's name.
  case tmx

  /// What the ending of a name says, `.gz` aside; nil where it says nothing.
  init?(name: String) {
    let url = URL(fileURLWithPath: name)
    let ending = url.pathExtension.lowercased()
    switch ending == "gz" ? url.deletingPathExtension().pathExtension.lowercased() : ending {
    case "po", "pot": self = .po
    case "tmx": self = .tmx
    default: return nil
    }
  }

  /// What is read one after another.
  var unit: String {
    switch self {
    case .text: "lines"
    case .po: "entries"
    case .tmx: "units"
    }
  }
}

/// Fills a PO or TMX file: what is empty is translated, all else stays as it is, byte for byte.
struct FormatFilling {
  /// What new texts in a TMX file are signed with.
  private static let signature = (name: "Passerelle", version: Release.number)
  private let format: InputFormat
  private let translator: Translator
  private let options: SearchOptions

  init(format: InputFormat, translator: Translator, options: SearchOptions) {
    self.format = format
    self.translator = translator
    self.options = options
  }

  /// Reads `input`, or the standard input, and writes `output`, or the standard output. Each text that is left without
  /// a translation is a warning; the last line sums up.
  ///
  /// - Returns: how many entries or units were read.
  func run(input: String?, output: String?, _ progress: TranslationProgress, _ tool: Tool) throws -> Int {
    let source: ByteSource
    if let input, input != "-" {
      source = try ByteSource(path: input)
    } else {
      source = ByteSource(standardInput: "standard input")
    }
    let sink = try OutputSink(path: output)
    let translate = { [translator, options] (lines: [String]) in
      progress.block(lines.count) { translator.translateAll(lines, options, progress: $0).map { $0[0].text } }
    }
    let report = { (note: FillNote) in
      progress.warn(
        "\(source.name):\(note.line): left out, \(note.reason): \(excerpt(note.source))", tool)
    }
    let summary: FillSummary
    switch format {
    case .tmx:
      let filler = TMXFiller(
        source, sourceLanguage: translator.sourceLanguage, targetLanguage: translator.targetLanguage,
        tool: Self.signature, targetCode: try targetCode(in: input, tool))
      summary = try filler.run(translate: translate, write: sink.write(bytes:), report: report)
    case .po, .text:
      let filler = POFiller(source, targetLanguage: translator.targetLanguage)
      summary = try filler.run(translate: translate, write: sink.write(bytes:), report: report)
    }
    try sink.close()
    progress.finish()
    tool.note(line(for: summary, translator))
    return summary.total
  }

  /// What a file calls the target language, where that can be read beforehand.
  private func targetCode(in input: String?, _ tool: Tool) throws -> String? {
    var status = stat()
    guard let input, input != "-", stat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    let (code, others) = try TMXFiller.code(
      of: translator.targetLanguage, from: translator.sourceLanguage, in: ByteSource(path: input))
    if code == nil, !others.isEmpty {
      tool.warning(
        "\(input) has texts in \(others.sorted().joined(separator: ", ")) and none in \(translator.targetLanguage); its units get "
          + "one in \(translator.targetLanguage)")
    }
    return code
  }

  private func line(for summary: FillSummary, _ translator: Translator) -> String {
    var parts = ["\(summary.kept) translated already", "\(summary.filled) filled"]
    if summary.fuzzy > 0 { parts.append("\(summary.fuzzy) fuzzy, left as they were") }
    if summary.withoutSource > 0 {
      parts.append("\(summary.withoutSource) without text in \(translator.sourceLanguage)")
    }
    let reasons = summary.leftOut.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    parts.append(
      "\(summary.leftOutCount) left out" + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"))
    return "\(summary.total) \(format.unit): \(parts.joined(separator: ", "))"
  }

  /// The beginning of a text, on one line.
  private func excerpt(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 60 ? line.prefix(57) + "..." : line
  }
}
