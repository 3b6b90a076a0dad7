import Alignment
import Console
import Foundation
import Seq2Seq

/// Where pictures of alignments go.
protocol AlignmentPictures: AnyObject {
  /// Adds that of a line, counted from 1; one without words has none.
  func add(_ translation: Translation, line: Int) throws
  /// Writes what is not written yet, and says what is not there.
  func finish(_ tool: Tool) throws
}

extension Translation {
  /// What is drawn of a line at most, in words a side: more is no picture to look at, and takes megabytes.
  fileprivate static let mostDrawn = 300
  fileprivate static let undrawn = "line(s) of more than \(mostDrawn) words have no picture"

  /// Whether its alignment is too large to be drawn; `nil` where it has none.
  fileprivate var isTooLongToDraw: Bool? {
    alignmentSize.map { max($0.source, $0.target) > Self.mostDrawn }
  }
}

/// A page of pictures (`--html`).
final class PicturePage: AlignmentPictures {
  /// A page of more would be slow to open.
  private static let limit = 200
  private let path: String
  private let page: PageFile
  private var items: [AlignmentPage.Item] = []
  private var leftOut = 0
  private var tooLong = 0

  init(path: String) throws {
    self.path = path
    page = try PageFile(path: path)
  }

  func add(_ translation: Translation, line: Int) {
    guard let isTooLong = translation.isTooLongToDraw else { return }
    guard !isTooLong, items.count < Self.limit else {
      if isTooLong { tooLong += 1 } else { leftOut += 1 }
      return
    }
    guard let matrix = translation.alignment else { return }
    items.append(
      AlignmentPage.Item(
        source: translation.source, translation: translation.text, reference: nil,
        score: Double(translation.logProbability), matrix: matrix))
  }

  func finish(_ tool: Tool) throws {
    try page.write(AlignmentPage.html(title: "Word alignments", items: items))
    if leftOut > 0 {
      tool.note("\(path) has pictures of the first sentences; \(leftOut) more are not in it")
    }
    if tooLong > 0 { tool.note("\(path): \(tooLong) \(Translation.undrawn)") }
  }
}

/// A folder with a picture of each line (`--svg`).
final class PictureFolder: AlignmentPictures {
  private let folder: String
  private var drawn: Set<String> = []
  private var tooLong = 0

  init(path: String) { folder = path }

  func add(_ translation: Translation, line: Int) throws {
    guard translation.isTooLongToDraw != true else {
      tooLong += 1
      return
    }
    guard let matrix = translation.alignment else { return }
    try AtomicFile.write(matrix.svgDrawing(), to: "\(folder)/\(line).svg")
    drawn.insert("\(line).svg")
  }

  func finish(_ tool: Tool) {
    if tooLong > 0 { tool.note("\(folder): \(tooLong) \(Translation.undrawn)") }
    // They are the user's, so they stay; a folder without pictures may be missing.
    let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let older = present.filter { $0.wholeMatch(of: /[0-9]+\.svg/) != nil && !drawn.contains($0) }
    if let example = older.min() {
      tool.note("\(folder): \(older.count) picture(s) of an earlier run are still there, such as \(example)")
    }
  }
}
