import Foundation

/// A web page that shows sentences with their translations and the alignment matrix behind each.
///
/// It is one file without outside parts: it opens from disk, works without a network, and follows the
/// reader's light or dark setting. Every text in it is escaped.
public enum AlignmentPage {
  /// One sentence.
  public struct Item: Sendable, Hashable {
    /// The source sentence, raw text.
    public let source: String
    /// Its translation, raw text.
    public let translation: String
    /// What a person wrote for it, if known.
    public let reference: String?
    /// How good the translation is, in whatever unit the caller likes, if known.
    public let score: Double?
    /// The weights behind the translation.
    public let matrix: AlignmentMatrix

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - source: the source sentence, raw text.
    ///   - translation: its translation, raw text.
    ///   - reference: what a person wrote for it, if known.
    ///   - score: how good the translation is, if known.
    ///   - matrix: the weights behind the translation.
    public init(
      source: String, translation: String, reference: String? = nil, score: Double? = nil,
      matrix: AlignmentMatrix
    ) {
      self.source = source
      self.translation = translation
      self.reference = reference
      self.score = score
      self.matrix = matrix
    }
  }

  /// The page, as HTML.
  ///
  /// - Parameters:
  ///   - title: what stands above the sentences and in the browser's title bar.
  ///   - items: the sentences, in the order in which they are shown.
  public static func html(title: String, items: [Item]) -> String {
    let title = DisplayText.escaped(title)
    let sentences = items.enumerated().map(article).joined(separator: "\n")
    let data = items.map { matrixData($0.matrix) }.joined(separator: ",\n")
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
      \(style)
      </style>
      </head>
      <body>
      <header class="masthead">
      <div class="heading">
      <h1 dir="auto">\(title)</h1>
      <p>\(summary(items))</p>
      </div>
      \(tools(items))
      </header>
      <noscript><p class="notice">The alignment matrices are drawn by a script in this file, \
      and scripts are switched off.</p></noscript>
      <main>
      \(sentences)
      <p class="notice" id="nothing" role="status" hidden>No sentence has this text in it.</p>
      </main>
      <script type="application/json" id="matrices">[
      \(data)
      ]</script>
      <script>
      \(script)
      </script>
      </body>
      </html>

      """
  }

  private static func summary(_ items: [Item]) -> String {
    var parts = [items.count == 1 ? "1 sentence" : "\(items.count) sentences"]
    let scores = items.compactMap(\.score)
    if scores.count > 1 {
      parts.append("mean score \(number(scores.reduce(0, +) / Double(scores.count)))")
    }
    return parts.joined(separator: " · ")
  }

  /// The legend, and from a few sentences on a field to search and a choice of order.
  private static func tools(_ items: [Item]) -> String {
    var html = "<div class=\"tools\">\n"
    if items.count > 3 {
      html += "<input type=\"search\" id=\"search\" placeholder=\"Find a word\" "
      html += "aria-label=\"Show only sentences with this text\">\n"
    }
    if items.compactMap(\.score).count > 1 {
      html += """
        <select id="order" aria-label="Order">
        <option value="given">In order</option>
        <option value="worst">Lowest score first</option>
        <option value="best">Highest score first</option>
        </select>

        """
    }
    html += "<div class=\"legend\" aria-hidden=\"true\"><span>0</span><i></i><span>100 %</span></div>\n"
    return html + "</div>"
  }

  private static func article(index: Int, item: Item) -> String {
    let id = "s\(index + 1)"
    var html = "<article id=\"\(id)\" data-index=\"\(index)\""
    if let score = item.score, score.isFinite { html += " data-score=\"\(score)\"" }
    html += ">\n<div class=\"text\">\n<p class=\"label\"><a href=\"#\(id)\">\(index + 1)</a>"
    if let score = item.score { html += "<span class=\"score\">score \(number(score))</span>" }
    html += "</p>\n<dl>\n"
    html += entry("Source", item.source, kind: "source")
    html += entry("Translation", item.translation, kind: "translation")
    if let reference = item.reference { html += entry("Reference", reference, kind: "reference") }
    html += "</dl>\n</div>\n"
    if item.matrix.weights.isEmpty {
      html += "<p class=\"notice\">There are no words to align.</p>\n"
    } else {
      html += "<figure><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
      html += "aria-label=\"Alignment matrix of sentence \(index + 1)\"></div>"
      html += "<figcaption aria-live=\"polite\"></figcaption></figure>\n"
    }
    return html + "</article>"
  }

  private static func entry(_ term: String, _ text: String, kind: String) -> String {
    "<dt>\(term)</dt><dd class=\"\(kind)\" dir=\"auto\">\(DisplayText.escaped(text))</dd>\n"
  }

  private static func number(_ value: Double) -> String { String(format: "%.2f", value) }

  /// The matrix for the script: words, and weights in thousandths.
  private static func matrixData(_ matrix: AlignmentMatrix) -> String {
    let weights = matrix.weights.map { weight in
      weight.isFinite ? String(Int((min(max(weight, 0), 1) * 1000).rounded())) : "0"
    }
    return "{\"s\":[\(matrix.sourceTokens.map(jsonString).joined(separator: ","))],"
      + "\"t\":[\(matrix.targetTokens.map(jsonString).joined(separator: ","))],"
      + "\"w\":[\(weights.joined(separator: ","))]}"
  }

  /// A JSON string that is safe within a script element: nothing in it can end the element or open another.
  private static func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\\(scalar)"
      case "<", ">", "&", "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        result += String(format: "\\u%04x", scalar.value)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
