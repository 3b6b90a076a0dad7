extension Tape {
  /// Columns of the output layer's weights as word vectors (Press and Wolf 2017): one matrix serves both.
  ///
  /// - Parameters:
  ///   - ids: `[M]`, each below the weight's columns.
  ///   - weight: `[E, V]`.
  /// - Returns: `[M, E]`.
  public func embeddingColumns(_ ids: [Int32], _ weight: Parameter) -> Tensor {
    let (width, words) = (weight.rows, weight.columns)
    precondition(
      ids.allSatisfy { $0 >= 0 && Int($0) < words }, "an id outside the \(words) columns of \(weight.name)")
    let y = make(rows: ids.count, columns: width)
    // Row by row of the weight, which lies together, for all ids.
    timed(.embedding) {
      for e in 0..<width {
        let row = weight.values + e * words
        for (place, id) in ids.enumerated() { y.values[place * width + e] = row[Int(id)] }
      }
    }
    record { [self] in
      let gradient = gradients!.accumulator(weight)
      timed(.embedding) {
        for e in 0..<width {
          let row = gradient + e * words
          for (place, id) in ids.enumerated() { row[Int(id)] += y.gradient![place * width + e] }
        }
      }
    }
    return y
  }
}
