import Storage
import Tensors

/// Brings the tensors of a model file to the parameters of the same names, as they are read.
final class TensorLoader: TensorReceiver {
  private let path: String
  /// How weights that translation only multiplies with are packed; they then get no values of their own. `nil`: all
  /// parameters get values, and nothing is packed.
  private let format: WeightFormat?
  private let store: ParameterStore
  /// Parameters that have not come yet.
  private var awaited: [String: Parameter]
  private var leftOver: [String] = []
  /// Where weights stand until they are packed: one buffer for all.
  private lazy var scratch = ScratchBuffer(
    count: store.parameters.filter(isPackedAlone).map { $0.count + $0.columns }.max() ?? 0)

  init(_ store: ParameterStore, path: String, packing format: WeightFormat?) {
    self.store = store
    self.path = path
    self.format = format
    awaited = Dictionary(uniqueKeysWithValues: store.parameters.map { ($0.name, $0) })
  }

  func place(for tensor: TensorHeader) throws -> UnsafeMutableRawBufferPointer? {
    guard let parameter = awaited[tensor.name] else {
      leftOver.append(tensor.name)
      return nil
    }
    guard tensor.shape == [parameter.rows, parameter.columns] else {
      throw Seq2SeqError.model(
        path: path,
        "the tensor \(parameter.name) is \(tensor.shape), but the configuration says "
          + "[\(parameter.rows), \(parameter.columns)]; the file does not fit together: train the model again"
      )
    }
    if tensor.type == .int8 {
      guard format == .int8 else { throw Seq2SeqError.quantized(path: path) }
      guard isPackedAlone(parameter) else {
        throw Seq2SeqError.model(
          path: path,
          "the tensor \(parameter.name) is in 8 bits, but its values are needed; the file does not fit together"
        )
      }
    }
    guard isPackedAlone(parameter) else { return UnsafeMutableRawBufferPointer(parameter.room()) }
    return UnsafeMutableRawBufferPointer(rebasing: room[..<tensor.byteCount])
  }

  func received(_ tensor: TensorHeader) {
    guard let parameter = awaited.removeValue(forKey: tensor.name) else { return }
    guard let format, isPackedAlone(parameter) else {
      parameter.valuesChanged()
      if let format, parameter.isProductWeight { parameter.pack(parameter.values, format) }
      return
    }
    let start = room.baseAddress!
    let floats = start.assumingMemoryBound(to: Float.self)
    switch tensor.type {
    case .f32: parameter.pack(floats, format)
    case .int8:
      let integers = start + tensor.floatCount * MemoryLayout<Float>.stride
      parameter.pack(quantized: integers.assumingMemoryBound(to: Int8.self), scales: floats)
    }
  }

  /// - Throws: ``Seq2SeqError/model(path:_:)`` when a tensor is missing or left over.
  func finish() throws {
    if let missing = store.parameters.first(where: { awaited[$0.name] != nil }) {
      throw Seq2SeqError.model(
        path: path, "the tensor \(missing.name) is missing; the file is not whole: train the model again")
    }
    if let left = leftOver.min() {
      throw Seq2SeqError.model(
        path: path, "the tensor \(left) has no place in the configuration; the file does not fit together")
    }
  }

  private func isPackedAlone(_ parameter: Parameter) -> Bool { format != nil && !parameter.needsValues }

  /// Room for the largest tensor that is needed for a moment.
  private var room: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(scratch.values) }
}
