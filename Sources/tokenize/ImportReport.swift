import Storage

/// What an import did, in words and as a table.
struct ImportReport {
  let summary: ImportSummary

  /// The columns that the table takes.
  private static let width = 80

  /// What was taken, from where, and what left `train` for it or came back.
  var heading: [String] {
    let origins = summary.origins
    let from = origins.count > 2 ? "\(origins.count) files" : origins.joined(separator: " and ")
    let replaced = summary.replaced > 0 ? " in the place of \(summary.replaced)" : ""
    var lines = [
      "\(summary.split.rawValue): \(summary.imported) of \(summary.candidates) pairs taken\(replaced), "
        + "\(summary.rejected) left out, from \(from)"
    ]
    if summary.imported == 0 {
      lines.append("\(summary.split.rawValue): nothing new; \(summary.known) of these were there already")
    }
    if summary.returnedToTrain > 0 {
      let back = summary.returnedToTrain == 1 ? "1 pair is" : "\(summary.returnedToTrain) pairs are"
      let held = summary.returnedToTrain == 1 ? "it" : "them"
      lines.append(
        "train: \(back) back, for the \(summary.split.rawValue) set that held \(held) was replaced")
    }
    if let removed = summary.removedFromTrain {
      lines.append(
        "train: \(removed.leftOut) \(removed.leftOut == 1 ? "pair" : "pairs") left out from now on, for "
          + "\(summary.split.rawValue) holds the same; the first is \(removed.firstPlace)")
    }
    return lines
  }

  /// A line for each rule: how many pairs it left out, or how many were kept because it is off, and the first.
  var table: [String] {
    let rules = RejectionRule.allCases.filter { $0.isSwitchable || summary.tallies[$0] != nil }
    let header = Self.row("rule", "left out", "kept", "first")
    return [header] + rules.map(row)
  }

  private func row(_ rule: RejectionRule) -> String {
    let tally = summary.tallies[rule]
    let isOn = !rule.isSwitchable || summary.cleaning.rules.contains(rule)
    let leftOut = isOn ? "\(tally?.leftOut ?? 0)" : "off"
    let kept = tally.map { $0.kept > 0 ? "\($0.kept)" : "" } ?? ""
    return Self.row(rule.rawValue, leftOut, kept, tally.map(example) ?? "")
  }

  /// `train.en:17: what stands there`, and what is wrong where nothing stands there.
  private func example(_ tally: ImportSummary.Tally) -> String {
    let place = tally.firstPlace.split(separator: "/").last.map(String.init) ?? tally.firstPlace
    let text = tally.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return "\(place): " + (text.isEmpty ? tally.reason : text)
  }

  private static func row(_ rule: String, _ leftOut: String, _ kept: String, _ first: String) -> String {
    let line =
      "  " + rule.padded(to: 17) + leftOut.padded(to: 9, right: true) + kept.padded(to: 9, right: true) + "  "
      + first
    let end = line.lastIndex { $0 != " " } ?? line.startIndex
    return String(line[...end]).cut(to: width)
  }
}
