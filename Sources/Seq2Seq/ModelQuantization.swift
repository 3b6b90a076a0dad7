import Foundation
import Storage
import Tensors

/// Model files with weights in 8 bits: small, quick to load, and for translation alone.
public enum ModelQuantization {
  /// Writes the best checkpoint of a model with the weights of products in 8 bits, as a ``Translator`` with
  /// `WeightFormat.int8` has them when it loads the model itself, so that both translate to the same bytes. Whatever
  /// else the model reads stays in 32 bits, tied word vectors too: their products are quantised when they are loaded.
  ///
  /// The file appears whole or not at all. At `path` there may be such a file already; anything else stays.
  ///
  /// - Throws: `StorageError`, ``Seq2SeqError``.
  public static func write(contentsOf source: String, to path: String) throws {
    guard !isSameFile(source, path) else {
      throw Seq2SeqError.configuration("\(path) is the model itself; name another file to write")
    }
    let file = try ModelDatabase(opening: source)
    guard try !file.isQuantized else {
      throw Seq2SeqError.configuration("\(source) holds weights in 8 bits already; a copy of it is as small")
    }
    var best = try file.checkpoint(.best)
    var model = try Seq2SeqModel.load(from: file, path: source, packing: .int8).model
    // A training may have stored a better one meanwhile.
    while case let present = try file.checkpoint(.best), present.step != best.step {
      best = present
      model = try Seq2SeqModel.load(from: file, path: source, packing: .int8).model
    }
    let tensors = model.store.parameters.map { parameter in
      let shape = [parameter.rows, parameter.columns]
      guard !parameter.needsValues, let (values, scales) = parameter.quantized else {
        return StoredTensor(name: parameter.name, shape: shape, values: parameter.array)
      }
      return StoredTensor(name: parameter.name, shape: shape, content: .int8(values, scales: scales))
    }
    try file.writeForTranslation(tensors, of: best, to: path)
  }

  /// Whether two paths name one file, by links too.
  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
