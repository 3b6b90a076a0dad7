import Foundation
import Testing

/// The page that `score --report` writes, in a browser.
@Suite("score --report")
struct ScoreReportTests {
  private static let browser: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return ["chromium", "chromium-browser", "google-chrome", "chrome"]
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private static let reference = (1...40).map { "Le chat numéro \($0) dort sur un grand canapé." }
  private static let first = reference.enumerated().map {
    $0.offset % 3 == 0 ? "Un chat \($0.offset) dort." : $0.element
  }
  private static let second = reference.enumerated().map {
    $0.offset % 4 == 0 ? $0.element.uppercased() : $0.element.replacingOccurrences(of: "grand", with: "petit")
  }

  private func page(_ folder: TemporaryFolder, _ options: String...) throws -> String {
    for (name, lines) in [("ref", Self.reference), ("a.fr", Self.first), ("b.fr", Self.second)] {
      try folder.write(lines.joined(separator: "\n") + "\n", to: name)
    }
    let result = try CommandLineTool("score").run(
      ["--report", "page.html", "ref", "a.fr", "b.fr", "--source", "ref", "--train", "ref", "-q"] + options,
      bytes: [], in: folder.url)
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty, "\(result.errors)")
    return try folder.text(of: "page.html")
  }

  @Test("the first file is the reference, the others are systems")
  func files() throws {
    let folder = try TemporaryFolder()
    let html = try page(folder)
    #expect(html.contains("2 systems · 40 sentences · one reference"))
    #expect(html.hasSuffix("</html>\n"))
    let short = try CommandLineTool("score").run(
      "--report", "x.html", "ref", "a.fr", "--source", "b", in: folder.url)
    #expect(short.status == 66 && short.errors.contains("b"))
    try folder.write("une\n", to: "c.fr")
    let unequal = try CommandLineTool("score").run(
      "--report", "x.html", "ref", "a.fr", "c.fr", in: folder.url)
    #expect(unequal.status == 65 && unequal.errors.contains("c.fr has 1 lines"))
    #expect(!(try folder.names.contains("x.html")))
  }

  @Test("options of metrics count without naming the metrics; those of the output are refused")
  func options() throws {
    let folder = try TemporaryFolder()
    let (cased, lower) = (try page(folder), try page(folder, "--lowercase"))
    // TER ignores case anyway.
    func count(_ page: String, _ part: String) -> Int { page.ranges(of: part).count }
    #expect(count(cased, "case:mixed") == 2 && count(cased, "case:lc") == 1)
    #expect(count(lower, "case:mixed") == 1 && count(lower, "case:lc") == 2)
    let text = try CommandLineTool("score").run("--report", "a.fr", "ref", "b.fr", "-q", in: folder.url)
    #expect(text.status == 64 && text.errors.contains("a.fr is there already"), "\(text.errors)")
    let short = try CommandLineTool("score").run("--report", "p.html", "ref", "a.fr", "-b", in: folder.url)
    #expect(short.status == 64 && short.errors.contains("--report is a page"), "\(short.errors)")
  }

  /// What a reader would do, and what was seen. It goes behind the page's own script and writes into the
  /// document, which the browser prints.
  private static let probe = """
    <script>
    const seen = document.documentElement.dataset;
    seen.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    seen.width = document.documentElement.clientWidth;
    seen.tools = !document.querySelector(".tools").hidden;
    const shown = () => [...document.querySelectorAll("article")].filter(a => !a.hidden).map(a => a.id);
    seen.all = shown().length;
    const field = document.getElementById("search");
    field.value = "NUMÉRO 17 ";
    field.dispatchEvent(new Event("input"));
    seen.found = shown().join(" ");
    field.value = "nowhere to be found";
    field.dispatchEvent(new Event("input"));
    seen.nothing = shown().length === 0 && !document.getElementById("nothing").hidden;
    field.value = "";
    field.dispatchEvent(new Event("input"));
    const choice = document.getElementById("order");
    choice.value = "number";
    choice.dispatchEvent(new Event("change"));
    seen.numbered = shown().slice(0, 3).join(" ");
    choice.value = "1";
    choice.dispatchEvent(new Event("change"));
    seen.best = shown()[0];
    const names = [...document.querySelectorAll("input, select, [role=group]")];
    seen.named = names.every(node => node.getAttribute("aria-label"));
    seen.unlabelled = document.querySelectorAll("th:not([scope])").length;
    </script>
    </body>
    """

  @Test(
    "in a browser it fits wide and narrow windows, finds, sorts, and has names for all controls",
    .enabled(if: browser != nil, "there is no Chromium in PATH: install one to check the page in it"),
    arguments: [1_300, 500])
  func inBrowser(width: Int) throws {
    let browser = try #require(Self.browser)
    let folder = try TemporaryFolder()
    let html = try page(folder)
    try folder.write(html.replacingOccurrences(of: "</body>", with: Self.probe), to: "probe.html")
    let output = folder.url.appendingPathComponent("dom.html")
    try folder.write("", to: "dom.html")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path("profile"))",
      "--window-size=\(width),900", "--virtual-time-budget=2000", "--dump-dom",
      folder.url.appendingPathComponent("probe.html").absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let root = try folder.text(of: "dom.html").split(separator: ">").first { $0.contains("<html") } ?? ""
    func seen(_ name: String) -> String? {
      root.components(separatedBy: "data-\(name)=\"").dropFirst().first?.components(separatedBy: "\"").first
    }
    #expect(seen("overflow") == "0")
    #expect(seen("width").flatMap(Int.init).map { $0 <= width } == true)
    #expect(seen("tools") == "true")
    #expect(seen("all") == "40")
    #expect(seen("found") == "l17")
    #expect(seen("nothing") == "true")
    #expect(seen("numbered") == "l1 l2 l3")
    // In line 1 the first system is far behind, and the second one shouts.
    #expect(seen("best").map { $0 != "l1" } == true)
    #expect(seen("named") == "true")
    #expect(seen("unlabelled") == "0")
  }
}
