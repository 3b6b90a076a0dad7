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

/// A page of pictures (`--html`).
final class PicturePage: AlignmentPictures {
  /// A page of more would be slow to open.
  private static let limit = 200
  private let path: String
  private let page: PageFile
  private var items: [AlignmentPage.Item] = []
  private var leftOut = 0

  init(path: String) throws {
    self.path = path
    page = try PageFile(path: path)
  }

  func add(_ translation: Translation, line: Int) {
    guard let matrix = translation.alignment else { return }
    guard items.count < Self.limit else {
      leftOut += 1
      return
    }
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
  }
}

/// A folder with a picture of each line (`--svg`).
final class PictureFolder: AlignmentPictures {
  private let folder: String

  init(path: String) { folder = path }

  func add(_ translation: Translation, line: Int) throws {
    guard let matrix = translation.alignment else { return }
    try AtomicFile.write(matrix.svgDrawing(), to: "\(folder)/\(line).svg")
  }

  func finish(_ tool: Tool) {}
}
