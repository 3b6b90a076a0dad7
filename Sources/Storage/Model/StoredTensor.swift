/// How the numbers of a tensor are stored.
public enum TensorType: String, Sendable, Hashable, CaseIterable {
  /// Floats of 32 bits.
  case f32
  /// Integers of 8 bits, with a float for each column of a matrix that they are times.
  case int8
}

/// An array of numbers with a name, as it stands in a model file.
public struct StoredTensor: Sendable, Hashable {
  /// The numbers as they are stored.
  public enum Content: Sendable, Hashable {
    /// The numbers themselves.
    case f32([Float])
    /// Integers, and the scale of each column.
    case int8([Int8], scales: [Float])
  }

  /// The parameter's name, as `encoder.0.forward.input`.
  public var name: String
  /// The lengths of its dimensions; none for a single number.
  public var shape: [Int]
  /// Its numbers, the last dimension running fastest.
  public var content: Content

  /// A tensor of floats.
  public init(name: String, shape: [Int], values: [Float]) {
    self.init(name: name, shape: shape, content: .f32(values))
  }

  /// A tensor from its parts.
  public init(name: String, shape: [Int], content: Content) {
    self.name = name
    self.shape = shape
    self.content = content
  }

  /// Its numbers, the last dimension running fastest; of integers what they stand for.
  public var values: [Float] {
    switch content {
    case .f32(let values): values
    case .int8(let values, let scales):
      values.enumerated().map { Float($0.element) * scales[$0.offset % scales.count] }
    }
  }

  /// How its numbers are stored.
  public var type: TensorType {
    switch content {
    case .f32: .f32
    case .int8: .int8
    }
  }
}
