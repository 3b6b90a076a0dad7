import Foundation
import Storage

extension CorpusReport {
  /// The report for a person, in lines of 80 columns.
  func lines(_ style: TerminalStyle) -> [String] {
    var sections = [heading(style), splitTable(style)]
    if let first = splits.first(where: { $0.pairs > 0 }) {
      sections += [lengthTable(style), histogram(of: first, style)]
    }
    sections.append(vocabularyTable(style))
    sections.append(rejectedTable(style))
    sections.append(importList(style))
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private func heading(_ style: TerminalStyle) -> [String] {
    var lines = [
      style.bold(corpus), "  languages  \(sourceLanguage) to \(targetLanguage)", "  made       \(createdAt)",
    ]
    if !licence.isEmpty { lines.append("  licence    \(licence)") }
    if !source.isEmpty { lines.append("  from       \(source)") }
    return lines
  }

  private func splitTable(_ style: TerminalStyle) -> [String] {
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 14) + zip(cells, [12, 12, 16, 16]).map { $0.padded(to: $1, right: true) }.joined()
    }
    let languages = ["\(sourceLanguage) tokens", "\(targetLanguage) tokens"]
    return [style.bold(row("Splits", ["pairs", "left out"] + languages))]
      + splits.map { part in
        row(
          "  \(part.split)",
          [part.pairs, part.leftOut, part.source?.lengths.tokens ?? 0, part.target?.lengths.tokens ?? 0]
            .map(\.grouped))
      }
  }

  // MARK: - Lengths

  private func lengthTable(_ style: TerminalStyle) -> [String] {
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 14) + cells.map { $0.padded(to: 8, right: true) }.joined()
    }
    let header = ["mean"] + Self.percents.map { $0 == 50 ? "half" : "\($0)%" } + ["longest"]
    var lines = [style.bold(row("Tokens", header))]
    for part in splits {
      for (index, side) in [part.source, part.target].enumerated() {
        guard let side else { continue }
        let name = (index == 0 ? "  \(part.split)" : "").padded(to: 10) + side.language
        let percentiles = Self.percents.map { (side.lengths.percentiles["\($0)%"] ?? 0).grouped }
        lines.append(
          row(
            name, [String(format: "%.1f", side.lengths.mean)] + percentiles + [side.lengths.maximum.grouped]))
      }
    }
    return lines
  }

  private func histogram(of part: SplitPart, _ style: TerminalStyle) -> [String] {
    guard let source = part.source, let target = part.target else { return [] }
    let bars = 22
    let most = max(1, (source.lengths.histogram + target.lengths.histogram).map(\.sentences).max() ?? 1)
    func cell(_ bin: Side.Lengths.Bin) -> String {
      let share = String(format: "%.1f%%", 100 * Double(bin.sentences) / Double(part.pairs))
      let bar = Self.bar(Double(bin.sentences) / Double(most), width: bars)
      return style.bar(bar.padded(to: bars)) + share.padded(to: 7, right: true)
    }
    let title = "Tokens".padded(to: 14) + "\(source.language), \(part.split)".padded(to: bars + 11)
    var lines = [style.bold(title + "\(target.language), \(part.split)")]
    let bins = source.lengths.histogram
    let width = bins.last { $0.from > 0 && $0.to != bins.last?.to }.map { $0.to - $0.from }
    for (left, right) in zip(bins, target.lengths.histogram) {
      let isRest = left.to == bins.last?.to && width != nil && left.to - left.from != width
      let range =
        isRest ? "\(left.from) on" : left.from == left.to ? "\(left.from)" : "\(left.from)-\(left.to)"
      lines.append("  " + range.padded(to: 9, right: true) + "   " + cell(left) + "    " + cell(right))
    }
    return lines
  }

  /// A bar in eighths of a column. What is not nothing shows.
  private static func bar(_ share: Double, width: Int) -> String {
    let eighths = share > 0 ? max(1, Int((share * Double(8 * width)).rounded())) : 0
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  // MARK: - Vocabulary

  private func vocabularyTable(_ style: TerminalStyle) -> [String] {
    guard let vocabulary else {
      return [style.bold("Vocabulary") + "    none yet; run build-vocab"]
    }
    let size =
      vocabulary.isShared
      ? "\(vocabulary.sourceSymbols.grouped) shared symbols"
        + (vocabulary.targetSymbols < vocabulary.sourceSymbols
          ? ", \(vocabulary.targetSymbols.grouped) of them in \(targetLanguage)" : "")
      : "\(vocabulary.sourceSymbols.grouped) and \(vocabulary.targetSymbols.grouped) symbols"
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 14) + cells.map { $0.padded(to: 16, right: true) }.joined()
    }
    var lines = [style.bold("Vocabulary") + "    \(vocabulary.name): \(vocabulary.kind), \(size)"]
    lines.append(style.dim(row("", ["known tokens", "pieces a token", "unknown pieces", "symbols seen"])))
    for part in splits {
      for (index, side) in [part.source, part.target].enumerated() {
        guard let side, let coverage = side.coverage else { continue }
        let name = (index == 0 ? "  \(part.split)" : "").padded(to: 10) + side.language
        let fertility = Double(coverage.pieces) / Double(max(side.lengths.tokens, 1))
        lines.append(
          row(
            name,
            [
              Self.percent(coverage.tokenCoverage), String(format: "%.2f", fertility),
              Self.percent(coverage.unknownRate), coverage.symbolsSeen.grouped,
            ]))
      }
    }
    for part in splits {
      guard let missing = part.pairsWithoutSegments, missing > 0 else { continue }
      lines.append(
        "  \(missing.grouped) \(part.split) \(missing == 1 ? "pair" : "pairs") came after it; run build-vocab again to take them in"
      )
    }
    return lines
  }

  /// A share in percent, where all and nothing are told only of all and nothing.
  private static func percent(_ share: Double) -> String {
    if share > 0 && share < 0.00005 { return "<0.01%" }
    if share < 1 && share >= 0.99995 { return ">99.99%" }
    return String(format: "%.2f%%", 100 * share)
  }

  // MARK: - What came in and what did not

  private func rejectedTable(_ style: TerminalStyle) -> [String] {
    guard splits.contains(where: { !$0.rejected.isEmpty }) else { return [] }
    var lines = [
      style.bold("Left out".padded(to: 32) + "pairs".padded(to: 10, right: true) + "  first")
    ]
    for part in splits {
      for (index, rejection) in part.rejected.enumerated() {
        let name = (index == 0 ? "  \(part.split)" : "").padded(to: 10) + rejection.rule
        let place = rejection.first.split(separator: "/").last.map(String.init) ?? rejection.first
        lines.append(
          name.padded(to: 32) + rejection.pairs.grouped.padded(to: 10, right: true) + "  " + place.cut(to: 36)
        )
      }
    }
    return lines
  }

  private func importList(_ style: TerminalStyle) -> [String] {
    guard !imports.isEmpty else { return [] }
    return [style.bold("Imports")]
      + imports.flatMap { part in
        let names = part.origins.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        let files =
          names.count > 2 ? "\(names[0]) and \(names.count - 1) more" : names.joined(separator: " and ")
        let rules = RejectionRule.switchable.filter(part.cleaning.rules.contains).map(\.rawValue)
        var limits: [String] = []
        if part.cleaning.rules.contains(.tooLong) {
          limits.append("max-length \(part.cleaning.maximumLength)")
        }
        if part.cleaning.rules.contains(.lengthRatio) {
          limits.append("max-ratio \(String(format: "%g", part.cleaning.maximumRatio))")
        }
        let taken = "\(part.taken.grouped) of \(part.candidates.grouped) from \(files)".cut(to: 70)
        return ["  \(part.split.padded(to: 8))\(taken)"]
          + style.wrapped(
            "rules: " + (rules.isEmpty ? ["none"] : rules + limits).joined(separator: ", "), indent: 10
          )
          .map { style.dim("          " + $0) }
      }
  }
}
