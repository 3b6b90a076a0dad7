import Alignment
import Foundation
import Testing

@Suite("The alignment page")
struct AlignmentPageTests {
  private func item(
    _ source: String, _ translation: String, reference: String? = nil, score: Double? = nil
  ) -> AlignmentPage.Item {
    let words = source.split(separator: " ").map(String.init)
    let targets = translation.split(separator: " ").map(String.init)
    let weight = words.isEmpty ? 0 : 1 / Float(words.count)
    return AlignmentPage.Item(
      source: source, translation: translation, reference: reference, score: score,
      matrix: AlignmentMatrix(
        sourceTokens: words, targetTokens: targets,
        weights: Array(repeating: weight, count: words.count * targets.count)))
  }

  /// The matrices as the page's script reads them.
  private func matrices(in page: String) throws -> [[String: Any]] {
    let start = try #require(page.range(of: "id=\"matrices\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let json = page[start.upperBound..<end.lowerBound]
    return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
  }

  @Test("each sentence shows its source, translation, reference and score")
  func content() {
    let page = AlignmentPage.html(
      title: "A test",
      items: [
        item("the cat", "le chat", reference: "un chat", score: 42.125), item("yes", "oui", score: 57.875),
      ])
    #expect(page.contains("<title>A test</title>") && page.contains("<h1 dir=\"auto\">A test</h1>"))
    #expect(page.contains("2 sentences · mean score 50.00"))
    #expect(page.contains("<dd class=\"source\" dir=\"auto\">the cat</dd>"))
    #expect(page.contains("<dd class=\"translation\" dir=\"auto\">le chat</dd>"))
    #expect(page.contains("<dd class=\"reference\" dir=\"auto\">un chat</dd>"))
    #expect(page.contains("score 57.88") || page.contains("score 57.87"))
    #expect(page.components(separatedBy: "<article ").count - 1 == 2)
    #expect(page.components(separatedBy: "class=\"reference\"").count - 1 == 1)
  }

  @Test("matrices reach the script whole")
  func data() throws {
    let page = AlignmentPage.html(title: "", items: [item("a b", "x"), item("猫 \"", "</script> \\ 😀")])
    let matrices = try matrices(in: page)
    #expect(matrices.count == 2)
    #expect(matrices[0]["w"] as? [Int] == [500, 500])
    #expect(matrices[1]["s"] as? [String] == ["猫", "\""])
    #expect(matrices[1]["t"] as? [String] == ["</script>", "\\", "😀"])
  }

  @Test("no text can become markup")
  func escaping() {
    let attack = "</script><script>alert('&\"')</script><img src=x onerror=alert(1)>"
    let page = AlignmentPage.html(
      title: attack, items: [item(attack, attack, reference: attack, score: 1)])
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img"))
    #expect(page.components(separatedBy: "<script").count - 1 == 2)
    #expect(page.components(separatedBy: "</script>").count - 1 == 2)
    #expect(page.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;&amp;&quot;&#39;)"))
  }

  @Test("the page is one file: nothing is fetched from anywhere")
  func selfContained() {
    let page = AlignmentPage.html(title: "Page", items: [item("a", "b")])
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("default-src 'none'"))
    for outside in ["http:", "https:", "src=", "@import", "url(", "<link"] {
      #expect(!page.contains(outside), "the page names something outside: \(outside)")
    }
    #expect(page.contains("prefers-color-scheme: dark"))
  }

  @Test("a page without sentences, and a sentence without words")
  func empty() throws {
    let none = AlignmentPage.html(title: "Nothing", items: [])
    #expect(none.contains("0 sentences"))
    #expect(try matrices(in: none).isEmpty)
    let wordless = AlignmentPage.html(title: "Nothing", items: [item("", "")])
    #expect(wordless.contains("There are no words to align."))
  }

  @Test("weights that are no numbers are drawn as nothing")
  func notANumber() throws {
    let matrix = AlignmentMatrix(
      sourceTokens: ["a", "b"], targetTokens: ["x"], weights: [.nan, .infinity])
    let page = AlignmentPage.html(
      title: "", items: [AlignmentPage.Item(source: "a b", translation: "x", score: .nan, matrix: matrix)])
    #expect(try matrices(in: page)[0]["w"] as? [Int] == [0, 0])
    #expect(!page.contains("data-score=\""))
  }
}
