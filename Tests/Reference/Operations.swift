import Foundation

/// Forward passes as the papers write them.
public enum Reference {
  /// `1 / (1 + e^-x)`.
  public static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// `log Σ e^x`.
  public static func logSumExp(_ x: [Double]) -> Double {
    let most = x.max()!
    return most + log(x.reduce(0) { $0 + exp($1 - most) })
  }

  /// `e^x / Σ e^x`.
  public static func softmax(_ x: [Double]) -> [Double] {
    let normalizer = logSumExp(x)
    return x.map { exp($0 - normalizer) }
  }

  /// One LSTM step: gates `[B, 4H]` before their activations, in the order input, forget, candidate, output.
  /// Rows that are not active keep their state.
  public static func lstmStep(
    gates: Matrix, hidden: Matrix, cell: Matrix, active: [Bool]? = nil
  ) -> (hidden: Matrix, cell: Matrix) {
    let width = hidden.columns
    var (newHidden, newCell) = (hidden, cell)
    for b in 0..<hidden.rows where active?[b] ?? true {
      for j in 0..<width {
        let input = sigmoid(gates[b, j])
        let forget = sigmoid(gates[b, width + j])
        let candidate = tanh(gates[b, 2 * width + j])
        let output = sigmoid(gates[b, 3 * width + j])
        newCell[b, j] = forget * cell[b, j] + input * candidate
        newHidden[b, j] = output * tanh(newCell[b, j])
      }
    }
    return (newHidden, newCell)
  }

  /// Attention of one query `[1, K]` over keys `[S, K]` and values `[S, D]`: `q · k` without `v`, else
  /// `v · tanh(q + k)`.
  public static func attend(
    query: Matrix, keys: Matrix, values: Matrix, v: Matrix? = nil
  ) -> (context: Matrix, weights: [Double]) {
    let scores = (0..<keys.rows).map { s in
      if let v { return v.inner((query + keys.row(s)).map { tanh($0) }) }
      return query.inner(keys.row(s))
    }
    let weights = softmax(scores)
    return (Matrix(rows: 1, columns: weights.count, weights) * values, weights)
  }

  /// Label-smoothed cross-entropy of one row of logits, and the plain one.
  public static func crossEntropy(
    _ logits: [Double], target: Int, smoothing: Double
  ) -> (smoothed: Double, negativeLogLikelihood: Double) {
    let normalizer = logSumExp(logits)
    let losses = logits.map { normalizer - $0 }
    let mean = losses.reduce(0, +) / Double(losses.count)
    return ((1 - smoothing) * losses[target] + smoothing * mean, losses[target])
  }
}
