/// Central differences, and how far a gradient is from them.
public enum GradientCheck {
  /// `(f(x + h) - f(x - h)) / 2h` for each value of each input.
  public static func numeric(
    _ inputs: [Matrix], step: Double = 1e-5, _ function: ([Matrix]) -> Double
  ) -> [Matrix] {
    var moved = inputs
    return inputs.indices.map { place in
      var gradient = inputs[place]
      for index in inputs[place].values.indices {
        let value = inputs[place].values[index]
        moved[place].values[index] = value + step
        let above = function(moved)
        moved[place].values[index] = value - step
        let below = function(moved)
        moved[place].values[index] = value
        gradient.values[index] = (above - below) / (2 * step)
      }
      return gradient
    }
  }

  /// The largest difference, over the largest value of `expected` (at least 1e-3); infinite where one
  /// is not a number.
  public static func error(_ found: [Float], _ expected: [Double]) -> Double {
    precondition(found.count == expected.count, "\(found.count) values for \(expected.count)")
    let largest = expected.reduce(1e-3) { max($0, abs($1)) }
    return zip(found, expected).reduce(0) { worst, pair in
      let difference = abs(Double(pair.0) - pair.1)
      return difference.isFinite ? max(worst, difference / largest) : .infinity
    }
  }

  /// The same for a matrix.
  public static func error(_ found: [Float], _ expected: Matrix) -> Double { error(found, expected.values) }
}
