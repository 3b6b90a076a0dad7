extension Tape {
  /// `tanh(x)`, element by element.
  ///
  /// - Parameter output: where the result goes; a new tensor where absent.
  public func tanh(_ x: Tensor, output: Tensor? = nil) -> Tensor {
    let y = output ?? make(rows: x.rows, columns: x.columns)
    precondition(
      y.rows == x.rows && y.columns == x.columns, "tanh of [\(x.rows), \(x.columns)] into another shape")
    timed(.elementwise) { vm.tanh_forward(y.values, x.values, x.count) }
    record { [self] in
      timed(.elementwise) { vm.tanh_backward(x.gradient!, y.values, y.gradient!, x.count) }
    }
    return y
  }

  /// Inverted dropout (Srivastava et al. 2014): zero with probability `rate`, else divided by `1 - rate`.
  ///
  /// Returns `x` itself when the tape has no dropout seed or the rate is 0.
  public func dropout(_ x: Tensor, rate: Float) -> Tensor {
    precondition(rate >= 0 && rate < 1, "dropout rate \(rate) outside 0..<1")
    guard rate > 0, let seed = nextDropoutSeed() else { return x }
    let y = make(rows: x.rows, columns: x.columns)
    timed(.elementwise) { vm.dropout(y.values, x.values, x.count, rate, seed, 0) }
    record { [self] in
      timed(.elementwise) { vm.dropout(x.gradient!, y.gradient!, x.count, rate, seed, 1) }
    }
    return y
  }

  /// Dropout of whole rows, as of words in a sequence of word vectors: a row is zero with probability `rate`, else divided
  /// by `1 - rate`. Each is drawn by itself, so that a word that stands twice in a sentence may be dropped once; Gal and
  /// Ghahramani (2016, section 4.2) drop both or none.
  ///
  /// - Parameter kept: so many of the first rows stay as they are.
  public func dropoutRows(_ x: Tensor, rate: Float, keepingFirst kept: Int = 0) -> Tensor {
    precondition(rate >= 0 && rate < 1, "dropout rate \(rate) outside 0..<1")
    guard rate > 0, let seed = nextDropoutSeed() else { return x }
    let y = make(rows: x.rows, columns: x.columns)
    var generator = SplitMix64(seed: seed)
    let factors: [Float] = (0..<x.rows).map { row in
      row < kept ? 1 : generator.uniform() < Double(rate) ? 0 : 1 / (1 - rate)
    }
    for (row, factor) in factors.enumerated() {
      let target = y.values + row * x.columns
      target.update(from: x.values + row * x.columns, count: x.columns)
      vm.scale(target, factor, x.columns)
    }
    record {
      for (row, factor) in factors.enumerated() where factor != 0 {
        let gradient = y.gradient! + row * x.columns
        vm.scale(gradient, factor, x.columns)
        vm.add(x.gradient! + row * x.columns, gradient, x.columns)
      }
    }
    return y
  }

  /// Tensors of as many rows, side by side.
  public func concatenate(_ parts: [Tensor]) -> Tensor {
    let y = make(rows: parts[0].rows, columns: parts.reduce(0) { $0 + $1.columns })
    timed(.elementwise) {
      var offset = 0
      for part in parts {
        precondition(part.rows == y.rows, "\(part.rows) rows beside \(y.rows)")
        copyColumns(from: part, to: y, at: offset)
        offset += part.columns
      }
    }
    record { [self] in
      timed(.elementwise) {
        var offset = 0
        for part in parts {
          addColumnGradients(from: y, at: offset, to: part)
          offset += part.columns
        }
      }
    }
    return y
  }
}
