extension Tape {
  /// Columns of the output layer's weights as word vectors (Press and Wolf 2017): one matrix serves both.
  ///
  /// - Parameters:
  ///   - ids: `[M]`, each below the columns of the weight and the rows of `others` together.
  ///   - weight: `[E, V]`.
  ///   - others: `[W, E]`, the vectors of the ids from `V` on; `nil` for none.
  /// - Returns: `[M, E]`.
  public func embeddingColumns(_ ids: [Int32], _ weight: Parameter, others: Parameter? = nil) -> Tensor {
    let (width, words) = (weight.rows, weight.columns)
    precondition(
      ids.allSatisfy { $0 >= 0 && Int($0) < words + (others?.rows ?? 0) },
      "an id outside the \(words) columns of \(weight.name) and \(others?.rows ?? 0) other words")
    let y = make(rows: ids.count, columns: width)
    // The ids of either part, and their places.
    let tied = ids.enumerated().filter { Int($0.element) < words }.map {
      (place: $0.offset, id: Int($0.element))
    }
    let rest = ids.enumerated().filter { Int($0.element) >= words }
      .map { (place: $0.offset, id: $0.element - Int32(words)) }
    timed(.embedding) {
      // Row by row of the weight, which lies together, for all ids.
      for e in 0..<width {
        let row = weight.values + e * words
        for (place, id) in tied { y.values[place * width + e] = row[id] }
      }
      for (place, id) in rest {
        (y.values + place * width).update(from: others!.values + Int(id) * width, count: width)
      }
    }
    record { [self] in
      let gradient = gradients!.accumulator(weight)
      timed(.embedding) {
        for e in 0..<width {
          let row = gradient + e * words
          for (place, id) in tied { row[id] += y.gradient![place * width + e] }
        }
        guard !rest.isEmpty else { return }
        let mark = arena.mark()
        let rows = arena.allocate(Float.self, rest.count * width)
        for (index, entry) in rest.enumerated() {
          (rows + index * width).update(from: y.gradient! + entry.place * width, count: width)
        }
        gradients!.add(rows, toRows: rest.map(\.id), of: others!)
        arena.release(to: mark)
      }
    }
    return y
  }
}
