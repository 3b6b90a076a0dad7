/// The Levenshtein distance from words to a reference, near the diagonal of its matrix alone.
///
/// The matrix of one text, the base, is kept. A variant of the base that differs in a range of words costs
/// the rows from there on, and only as many as it takes to fall in with the base again.
struct BeamEditDistance {
  /// What turns a hypothesis into the reference, word by word.
  enum Operation { case keep, substitute, insert, delete }

  private static let beamWidth = 25
  private static let infinity: Int32 = 1 << 29

  private var reference: [UInt32] = []
  private var base: [UInt32] = []
  /// `[base.count + 1, width]`: entry (i, j) is the cost of turning i words into the first j of the
  /// reference.
  private var matrix: [Int32] = []
  private var width = 0
  /// For each row, which columns lie in the beam.
  private var windows: [Range<Int>] = []
  /// Two rows of a variant.
  private var scratch: [Int32] = []

  /// Sets the reference, which must not be empty, and the base; returns their distance.
  mutating func start(base: [UInt32], reference: [UInt32]) -> Int {
    self.reference = reference
    width = reference.count + 1
    let rows = base.count + 1
    matrix = Array(repeating: Self.infinity, count: rows * width)
    for column in 0..<width { matrix[column] = Int32(column) }
    scratch = Array(repeating: Self.infinity, count: 2 * width)
    setWindows(rows: rows)
    return rebase(base, from: 0)
  }

  /// Takes a variant of the base as the base; returns its distance.
  ///
  /// - Parameter from: how many words the two have in common at their beginning, or fewer.
  mutating func rebase(_ words: [UInt32], from: Int) -> Int {
    base = words
    for row in (from + 1)..<(words.count + 1) { fillRow(row) }
    return Int(matrix[matrix.count - 1])
  }

  /// The distance of a variant of the base.
  ///
  /// - Parameters:
  ///   - words: the variant, as long as the base.
  ///   - changed: outside of this range it equals the base.
  mutating func distance(of words: [UInt32], changed: Range<Int>) -> Int {
    let (width, matrix, reference, windows) = (width, matrix, reference, windows)
    return scratch.withUnsafeMutableBufferPointer { scratch in
      matrix.withUnsafeBufferPointer { matrix in
        reference.withUnsafeBufferPointer { reference in
          var above = matrix.baseAddress! + changed.lowerBound * width
          for row in (changed.lowerBound + 1)..<(words.count + 1) {
            let target = scratch.baseAddress! + (row & 1) * width
            let window = windows[row]
            Self.fill(target, above, reference.baseAddress!, word: words[row - 1], window, width)
            above = UnsafePointer(target)
            guard row >= changed.upperBound else { continue }
            let known = matrix.baseAddress! + row * width
            // Once a row is the base's, all others are.
            if window.allSatisfy({ target[$0] == known[$0] }) { return Int(matrix[matrix.count - 1]) }
          }
          return Int(above[width - 1])
        }
      }
    }
  }

  /// The operations that turn the base into the reference, in order. Of several shortest ways it is the one
  /// that, from the end, prefers keeping or substituting a word, then deleting, then inserting.
  func operations() -> [Operation] {
    var (row, column) = (base.count, reference.count)
    var result: [Operation] = []
    while row > 0 || column > 0 {
      let cost = matrix[row * width + column]
      if row == 0 {
        result.append(.insert)
        column -= 1
      } else if column == 0 {
        result.append(.delete)
        row -= 1
      } else {
        let above = (row - 1) * width + column
        let isEqual = base[row - 1] == reference[column - 1]
        if matrix[above - 1] + (isEqual ? 0 : 1) == cost {
          result.append(isEqual ? .keep : .substitute)
          row -= 1
          column -= 1
        } else if matrix[above] + 1 == cost {
          result.append(.delete)
          row -= 1
        } else {
          result.append(.insert)
          column -= 1
        }
      }
    }
    return result.reversed()
  }

  /// The beam follows a pseudo-diagonal, which has the slope of the two lengths.
  private mutating func setWindows(rows: Int) {
    let words = rows - 1
    let ratio = words > 0 ? Double(reference.count) / Double(words) : 1
    // Of very unequal lengths, neighbouring rows would not overlap.
    let beam =
      Double(Self.beamWidth) < ratio / 2
      ? Int((ratio / 2 + Double(Self.beamWidth)).rounded(.up)) : Self.beamWidth
    windows = (0..<rows).map { row in
      let diagonal = Int((Double(row) * ratio).rounded(.down))
      let first = max(0, diagonal - beam)
      let end = row == words ? width : min(width, diagonal + beam)
      return min(first, end)..<end
    }
  }

  private mutating func fillRow(_ row: Int) {
    let (width, window, word) = (width, windows[row], base[row - 1])
    matrix.withUnsafeMutableBufferPointer { matrix in
      reference.withUnsafeBufferPointer { reference in
        let target = matrix.baseAddress! + row * width
        Self.fill(target, target - width, reference.baseAddress!, word: word, window, width)
      }
    }
  }

  /// One row of the matrix from the one above it.
  private static func fill(
    _ target: UnsafeMutablePointer<Int32>, _ above: UnsafePointer<Int32>,
    _ reference: UnsafePointer<UInt32>, word: UInt32, _ window: Range<Int>, _ width: Int
  ) {
    for column in 0..<window.lowerBound { target[column] = infinity }
    for column in window.upperBound..<max(width, window.upperBound) { target[column] = infinity }
    var left = infinity
    var column = window.lowerBound
    if column == 0, !window.isEmpty {
      left = min(infinity, above[0] + 1)
      target[0] = left
      column = 1
    }
    while column < window.upperBound {
      let diagonal = above[column - 1] + (word == reference[column - 1] ? 0 : 1)
      left = min(infinity, min(diagonal, min(above[column], left) + 1))
      target[column] = left
      column += 1
    }
  }
}
