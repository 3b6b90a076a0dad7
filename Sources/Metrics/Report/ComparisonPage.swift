import Foundation

extension ComparisonReport {
  /// The report as one page of HTML without outside parts: it opens from disk, works without a network, and
  /// follows the reader's light or dark setting. Every text in it is escaped.
  ///
  /// - Parameter title: what stands above all and in the browser's title bar.
  public func html(title: String) -> String {
    let title = escaped(title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <header class="masthead">
      <h1 dir="auto">\(title)</h1>
      <p>\(summary)</p>
      </header>
      <main>
      \(scoreSection)
      <div class="pair">
      \(lengthSection)
      \(frequencySection)
      </div>
      \(sentenceSection)
      \(signatureSection)
      </main>
      <script>
      \(Self.script)
      </script>
      </body>
      </html>

      """
  }

  private var summary: String {
    [
      counted(systems.count, "system"), counted(segmentCount, "sentence"),
      referenceCount == 1 ? "one reference" : counted(referenceCount, "reference") + " each",
    ].joined(separator: " · ")
  }

  // MARK: - Scores

  private var scoreSection: String {
    let head = signatures.map { signature in
      let hint = signature.name == "TER" ? " <small>less is better</small>" : ""
      return "<th scope=\"col\">\(escaped(signature.name))\(hint)</th>"
    }
    let rows = systems.indices.map { system in
      let cells = results.indices.map { scoreCell(metric: $0, system: system) }
      let role = system == 0 && systems.count > 1 ? " <small>baseline</small>" : ""
      return "<tr><th scope=\"row\">\(label(system))\(role)</th>\(cells.joined())</tr>"
    }
    return section(
      "scores", "Scores", note: scoreNote,
      """
      <div class="scroll" tabindex="0" role="group" aria-label="Table of scores"><table class="scores">
      <thead><tr><th scope="col">System</th>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """)
  }

  private var scoreNote: String {
    var note =
      options.test.method == .bootstrap
      ? "± is half the width of the interval that holds 95 of 100 bootstrap samples, "
        + "which the bar shows with the score." : ""
    if systems.count > 1 {
      note += " p is how likely a difference to the baseline as large as this would be by chance alone."
    }
    return note.trimmingCharacters(in: .whitespaces)
  }

  private func scoreCell(metric: Int, system: Int) -> String {
    let result = results[metric][system]
    let all = results[metric]
    let isLess = signatures[metric].name == "TER"
    let best = isLess ? all.map(\.score).min() : all.map(\.score).max()
    var html = "<td><span class=\"value\(result.score == best && all.count > 1 ? " best" : "")\">"
    html += "\(number(result.score))</span>"
    if let interval = result.interval {
      html += " <span class=\"soft\">± \(number(interval.halfWidth))</span>"
      let ends = all.compactMap(\.interval).flatMap { [$0.mean - $0.halfWidth, $0.mean + $0.halfWidth] }
      let (low, high) = (ends.min() ?? 0, max(ends.max() ?? 1, (ends.min() ?? 0) + 1e-9))
      func share(_ value: Double) -> String { percent(100 * (value - low) / (high - low)) }
      html += "<span class=\"interval s\(system % 6 + 1)\" aria-hidden=\"true\" style=\""
      html += "--from:\(share(interval.mean - interval.halfWidth));"
      html += "--to:\(share(interval.mean + interval.halfWidth));--at:\(share(result.score))\"></span>"
    }
    if let p = result.pValue {
      let difference = result.score - all[0].score
      let sign = difference < 0 ? "−" : "+"
      html += "<span class=\"test\">\(sign)\(number(abs(difference))) · "
      html += p < 0.001 ? "p &lt; 0.001" : "p = \(String(format: "%.3f", p))"
      html += p > 0.05 ? " <em>may be chance</em></span>" : "</span>"
    }
    return html + "</td>"
  }

  // MARK: - Buckets

  private var lengthSection: String {
    guard let metric = signatures.first?.name, !lengthBuckets.isEmpty else { return "" }
    return section(
      "lengths", "By length",
      note: "\(escaped(metric)) of the sentences whose reference has so many words.",
      table(lengthBuckets, first: "Words", unit: "sentence", best: metric == "TER" ? .less : .more))
  }

  private var frequencySection: String {
    guard !frequencyBuckets.isEmpty else { return "" }
    let text = options.trainingText == nil ? "the references" : "the training text"
    return section(
      "frequencies", "By frequency",
      note:
        "How many of the reference’s words a translation has, in percent, by how often a word is in \(text).",
      table(frequencyBuckets, first: "Seen", unit: "word", best: .more))
  }

  private enum Better { case more, less }

  private func table(_ buckets: [Bucket], first: String, unit: String, best: Better) -> String {
    let head = systems.indices.map { "<th scope=\"col\">\(label($0))</th>" }
    let highest = buckets.flatMap(\.values).compactMap { $0 }.max() ?? 1
    let rows = buckets.map { bucket in
      let winner =
        best == .more ? bucket.values.compactMap { $0 }.max() : bucket.values.compactMap { $0 }.min()
      let cells = bucket.values.enumerated().map { system, value in
        guard let value else { return "<td>–</td>" }
        let width = percent(highest > 0 ? 100 * value / highest : 0)
        let emphasis = value == winner && systems.count > 1 ? " best" : ""
        return "<td><span class=\"value\(emphasis)\">\(number(value))</span>"
          + "<i class=\"bar s\(system % 6 + 1)\" aria-hidden=\"true\" style=\"--size:\(width)\"></i></td>"
      }
      return "<tr><th scope=\"row\">\(bucket.label) "
        + "<small>\(counted(bucket.count, unit))</small></th>\(cells.joined())</tr>"
    }
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="\(first)"><table class="buckets">
      <thead><tr><th scope="col">\(first)</th>\(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  // MARK: - Sentences

  private var sentenceSection: String {
    let metric = options.sentenceMetric.scoreName
    let heading = systems.count > 1 ? "Where they differ most" : "The lowest scores"
    let legend = (0...4).map { order in
      let text = order == 0 ? "not in a reference" : order == 1 ? "one word" : "\(order) words"
      return "<span><b class=\"m\(order)\">\(order == 4 ? "4 and more" : text)</b></span>"
    }
    let tools = """
      <div class="tools" hidden>
      <input type="search" id="search" placeholder="Find a word" aria-label="Show only sentences with this text">
      <select id="order" aria-label="Order">
      <option value="given">\(systems.count > 1 ? "Largest difference first" : "Lowest score first")</option>
      <option value="number">In order of the text</option>
      \(systems.count > 1 ? systems.indices.map(orderOption).joined(separator: "\n") : "")
      </select>
      </div>
      """
    return section(
      "sentences", heading,
      note:
        "Scores are \(escaped(metric)) of the sentence. Words are marked by the longest run of words around them "
        + "that a reference has too:",
      """
      <p class="legend">\(legend.joined(separator: " "))</p>
      \(tools)
      <div id="list">
      \(sentences.enumerated().map { article($0, $1) }.joined(separator: "\n"))
      </div>
      <p class="notice" id="nothing" role="status" hidden>No sentence here has this text in it.</p>
      """)
  }

  private func orderOption(_ system: Int) -> String {
    "<option value=\"\(system)\">\(escaped(systems[system])) at its best</option>"
  }

  private func article(_ index: Int, _ sentence: Sentence) -> String {
    let scores = sentence.translations.map { String(format: "%.2f", $0.score) }.joined(separator: " ")
    var html =
      "<article id=\"l\(sentence.number)\" data-number=\"\(sentence.number)\" data-scores=\"\(scores)\">\n"
    html += "<p class=\"label\"><a href=\"#l\(sentence.number)\">Line \(sentence.number)</a>"
    if systems.count > 1 { html += "<span class=\"soft\">\(number(sentence.spread)) apart</span>" }
    html += "</p>\n<dl>\n"
    if let source = sentence.source {
      html += entry("Source", "<span>\(escaped(source))</span>", kind: "source")
    }
    for reference in sentence.references {
      html += entry("Reference", "<span>\(escaped(reference))</span>", kind: "reference")
    }
    for (system, translation) in sentence.translations.enumerated() {
      let text = translation.matches.spans.map { span in
        guard let order = span.order else { return escaped(span.text) }
        return "<b class=\"m\(order)\">\(escaped(span.text))</b>"
      }
      html += entry(
        label(system) + " <span class=\"points\">\(number(translation.score))</span>", text.joined(),
        kind: "text")
    }
    return html + "</dl>\n</article>"
  }

  private func entry(_ term: String, _ text: String, kind: String) -> String {
    "<dt>\(term)</dt><dd class=\"\(kind)\" dir=\"auto\">\(text)</dd>\n"
  }

  // MARK: - Parts

  private var signatureSection: String {
    let rows = signatures.map { "<dt>\(escaped($0.name))</dt><dd><code>\(escaped($0.text))</code></dd>" }
    return section(
      "signatures", "Signatures", note: "With these settings, sacreBLEU gives the same numbers.",
      "<dl class=\"signatures\">\(rows.joined(separator: "\n"))</dl>")
  }

  private func section(_ id: String, _ heading: String, note: String, _ content: String) -> String {
    """
    <section aria-labelledby="\(id)">
    <h2 id="\(id)">\(heading)</h2>
    <p class="note">\(note)</p>
    \(content)
    </section>
    """
  }

  /// A system's name with its colour.
  private func label(_ system: Int) -> String {
    "<span class=\"system s\(system % 6 + 1)\" dir=\"auto\">\(escaped(systems[system]))</span>"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    var digits = Array(String(count))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return "\(String(digits)) \(noun)\(count == 1 ? "" : "s")"
  }

  private func number(_ value: Double) -> String { String(format: "%.1f", value) }

  private func percent(_ value: Double) -> String { String(format: "%.1f%%", min(max(value, 0), 100)) }
}

extension CorpusMetric {
  /// The name under which the metric prints its scores.
  fileprivate var scoreName: String { score(of: emptyStatistics).name }
}

/// Text for the content or an attribute of HTML; control characters have no place in it.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n": result.unicodeScalars.append(scalar)
    default:
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      result.unicodeScalars.append(isControl || turns ? "\u{FFFD}" : scalar)
    }
  }
  return result
}
