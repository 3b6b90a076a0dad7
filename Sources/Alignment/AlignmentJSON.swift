import Foundation

/// The JSON form: `{"source": ["the", "cat"], "target": ["le", "chat"], "weights": [[0.9, 0.1], [0, 1]]}`,
/// a row of weights for each target word.
extension AlignmentMatrix: Codable {
  private enum CodingKeys: String, CodingKey { case source, target, weights }

  /// Reads the JSON form, and refuses one whose rows do not fit its words.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let source = try container.decode([String].self, forKey: .source)
    let target = try container.decode([String].self, forKey: .target)
    let rows = try container.decode([[Float]].self, forKey: .weights)
    guard rows.count == target.count, rows.allSatisfy({ $0.count == source.count }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: container,
        debugDescription: "the weights are not \(target.count) rows of \(source.count)")
    }
    self.init(sourceTokens: source, targetTokens: target, weights: Array(rows.joined()))
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sourceTokens, forKey: .source)
    try container.encode(targetTokens, forKey: .target)
    try container.encode(targetTokens.indices.map { Array(row(target: $0)) }, forKey: .weights)
  }

  /// The JSON form on one line, for a file of one object a line.
  ///
  /// - Parameter digits: how many digits of a weight to keep after the point; without it, all, so that the
  ///   same matrix can be read again.
  /// - Throws: `EncodingError` if a weight is not finite.
  public func json(digits: Int? = nil) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(digits.map(rounded) ?? self), as: UTF8.self)
  }

  /// Reads the JSON form.
  ///
  /// - Throws: ``AlignmentError/malformedJSON(_:)``.
  public init(json: String) throws {
    do {
      self = try JSONDecoder().decode(AlignmentMatrix.self, from: Data(json.utf8))
    } catch DecodingError.dataCorrupted(let context) {
      throw AlignmentError.malformedJSON(context.debugDescription)
    } catch DecodingError.keyNotFound(let key, _) {
      throw AlignmentError.malformedJSON("\"\(key.stringValue)\" is missing")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw AlignmentError.malformedJSON("\(place): \(context.debugDescription)")
    }
  }

  private func rounded(digits: Int) -> AlignmentMatrix {
    let scale = (0..<digits).reduce(Float(1)) { scale, _ in scale * 10 }
    return AlignmentMatrix(
      sourceTokens: sourceTokens, targetTokens: targetTokens,
      weights: weights.map { ($0 * scale).rounded() / scale })
  }
}
