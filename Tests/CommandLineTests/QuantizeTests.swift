import Foundation
import Storage
import Testing

@Suite("translate --quantize")
struct QuantizeTests {
  @Test("A model in 8 bits is small, translates to the same bytes as int8, and is not trained")
  func wholeWay() throws {
    let folder = try PipelineTests.corpus()
    try #require(try PipelineTests.train(folder, "--model", "m.sqlite", "--after-epochs", "4").status == 0)
    let translate = try CommandLineTool("translate")
    let input = try folder.text(of: "dev.en")
    func run(_ arguments: String...) throws -> ToolResult {
      try translate.run(arguments, bytes: Array(input.utf8), in: folder.url)
    }
    func refused(_ result: ToolResult, _ status: Int32, _ words: String) {
      #expect(result.status == status && result.output.isEmpty, "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }

    let made = try run("-v", "-m", "m.sqlite", "--quantize", "small.sqlite")
    #expect(made.status == 0 && made.output.isEmpty, "\(made.errors)")
    #expect(made.errors.contains("small.sqlite is ") && made.errors.contains(" MB"))
    #expect(try folder.bytes(of: "small.sqlite").count < folder.bytes(of: "m.sqlite").count / 2)

    let expected = try run("-m", "m.sqlite", "--precision", "int8", "--alignment", "json")
    #expect(expected.status == 0)
    for precision in [[], ["--precision", "int8"], ["--precision", "auto"]] {
      let found = try translate.run(
        ["-m", "small.sqlite", "--alignment", "json"] + precision, bytes: Array(input.utf8), in: folder.url)
      #expect(found.status == 0 && found.output == expected.output, "\(precision): \(found.errors)")
    }
    #expect(try run("-v", "-m", "small.sqlite").errors.contains("weights in 8 bits, as stored"))
    #expect(try run("-v", "-m", "m.sqlite").errors.contains("weights in 32 bits, as stored"))
    let lists = try [["m.sqlite", "--precision", "int8"], ["small.sqlite"]].map {
      try translate.run(["--shortlist", "10", "-m"] + $0, bytes: Array(input.utf8), in: folder.url).output
    }
    #expect(lists[0] == lists[1] && !lists[0].isEmpty)
    let ensemble = try run("-m", "m.sqlite", "-m", "small.sqlite", "-v")
    #expect(ensemble.status == 0 && ensemble.errors.contains("weights in 32 bits and 8 bits"))
    let score = try CommandLineTool("score").run(
      ["--model", "small.sqlite", "--source", "dev.en", "dev.fr", "-b"], bytes: [], in: folder.url)
    #expect(score.status == 0 && Double(score.text.dropLast()) ?? 0 > 1, "\(score.errors)")

    refused(try run("-m", "small.sqlite", "--precision", "f32"), 78, "take the model that it was made from")
    refused(try run("-m", "small.sqlite", "--quantize", "other.sqlite"), 78, "in 8 bits already")
    refused(try run("-m", "m.sqlite", "--quantize", "m.sqlite"), 78, "the model itself")
    refused(try run("-m", "m.sqlite", "--quantize", "dev.en"), 74, "exists already")
    refused(try run("-m", "absent.sqlite", "--quantize", "x.sqlite"), 66, "absent.sqlite")
    refused(try run("-m", "m.sqlite", "--quantize", "x.sqlite", "--precision", "int8"), 64, "--quantize")
    refused(try run("-m", "m.sqlite", "-m", "m.sqlite", "--quantize", "x.sqlite"), 64, "one model")
    let resumed = try PipelineTests.train(folder, "--model", "small.sqlite", "--after-epochs", "5")
    refused(resumed, 78, "for translation alone")
    let tuned = try PipelineTests.train(
      folder, "--model", "t.sqlite", "--init-from", "small.sqlite", "--after-batches", "1")
    refused(tuned, 78, "take the model that it was made from")
    #expect(try !folder.names.contains { $0.hasPrefix("x.sqlite") || $0.hasPrefix("t.sqlite") })
    #expect(try !folder.names.contains { $0.hasSuffix(".tmp") })
  }
}
