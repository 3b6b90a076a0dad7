import Foundation

/// What can go wrong with models, training and translation.
public enum Seq2SeqError: Error, LocalizedError, CustomNSError, CustomStringConvertible, Equatable {
  /// Settings that do not fit together or with the data.
  case configuration(String)
  /// A model file whose tensors are not those of its configuration.
  case model(path: String, String)
  /// A model file of weights in 8 bits, where 32 are needed.
  case quantized(path: String)
  /// A corpus that cannot be trained on.
  case corpus(path: String, String)
  /// Alignments that do not fit the corpus.
  case links(path: String, line: Int, String)
  /// The loss or the gradient was not a finite number.
  case diverged(step: Int)
  /// The first update from a checkpoint was of this kind already: the checkpoint itself is of no use.
  case divergedAtOnce(path: String, step: Int)

  /// What happened, and what to do.
  public var description: String {
    switch self {
    case .configuration(let message): message
    case .model(let path, let message): "\(path): \(message)"
    case .quantized(let path):
      "\(path) holds weights in 8 bits, for translation with --precision int8 or without --precision; for anything "
        + "else take the model that it was made from"
    case .corpus(let path, let message): "\(path): \(message)"
    case .links(let path, let line, let message): "\(path):\(line): \(message)"
    case .diverged(let step):
      "the gradient of update \(step) is not finite; halve --learn-rate and run again: "
        + "training goes on from the last checkpoint"
    case .divergedAtOnce(let path, let step):
      "the gradient of update \(step), the first from the last checkpoint of \(path), is not finite: that checkpoint is "
        + "spoilt; start anew with --no-reload and a smaller --learn-rate, or from its best checkpoint in another file: "
        + "--init-from \(path) --model NAME"
    }
  }

  /// The same as ``description``.
  public var errorDescription: String? { description }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }

  /// The code of sysexits that a command line should leave with.
  public var errorCode: Int {
    switch self {
    case .configuration, .quantized: 78
    case .model, .corpus, .links: 65
    case .diverged, .divergedAtOnce: 70
    }
  }
}
