import ArgumentParser
import Layers
import Seq2Seq
import Tensors

/// Flags of the model's shape, by Marian's names.
struct ModelFlags: ParsableArguments {
  @Option(help: "Width of word vectors.")
  var dimEmb = 256

  @Option(help: "Width of the decoder's state, and of both directions of the encoder's together.")
  var dimRnn = 512

  @Option(help: "LSTM layers of the encoder.")
  var encDepth = 1

  @Option(help: "LSTM layers of the decoder.")
  var decDepth = 1

  @Flag(inversion: .prefixedNo, help: "The encoder reads both ways.")
  var bidirectional = true

  @Option(help: "What an encoder layer gives on: its outputs, or (dense) its inputs too.")
  var encConnection = LayerConnection.none

  @Option(help: "How decoder states are compared with encoder states.")
  var attention = AttentionKind.general

  @Option(help: "Attention before the recurrent step (Bahdanau) or after it (Luong).")
  var attentionTiming = AttentionTiming.after

  @Flag(inversion: .prefixedNo, help: "The attentional state is fed to the next step.")
  var inputFeeding = true

  @Option(help: "How the decoder's first state comes from the encoder's last.")
  var bridge = BridgeKind.linear

  func configuration(sourceVocabulary: Int, targetVocabulary: Int) -> ModelConfiguration {
    var result = ModelConfiguration(sourceVocabulary: sourceVocabulary, targetVocabulary: targetVocabulary)
    result.embedding = dimEmb
    result.hidden = dimRnn
    result.encoderDepth = encDepth
    result.decoderDepth = decDepth
    result.isBidirectional = bidirectional
    result.encoderConnection = encConnection
    result.attention = attention
    result.attentionTiming = attentionTiming
    result.inputFeeding = inputFeeding
    result.bridge = bridge
    return result
  }
}

/// Flags of the training, by Marian's names where it has them.
struct TrainingFlags: ParsableArguments {
  @Option(help: "Sentence pairs a batch.")
  var miniBatch = 64

  @Option(help: "Pairs with a side of more subwords are left out.")
  var maxLength = 100

  @Option(help: "Adam's learning rate.")
  var learnRate: Float = 1e-3

  @Option(help: "Updates over which the learning rate grows from 0.")
  var lrWarmup = 0

  @Option(help: "What the learning rate is multiplied by when validations stall.")
  var lrDecay: Float = 0.5

  @Option(help: "Validations without a better BLEU before the learning rate falls; 0: never.")
  var lrPatience = 2

  @Option(help: "The learning rate falls no lower than this part of --learn-rate.")
  var lrFloor: Float = 0.01

  @Option(help: "Decoupled weight decay.")
  var weightDecay: Float = 0

  @Option(help: "Largest norm of the gradient; 0: no clipping.")
  var clipNorm: Float = 1

  @Option(help: "Dropout rate.")
  var dropout: Float = 0.3

  @Option(help: "Dropout rate of whole source words.")
  var dropoutSrc: Float = 0

  @Option(help: "Dropout rate of whole target words that the decoder reads.")
  var dropoutTrg: Float = 0

  @Option(help: "Label smoothing.")
  var labelSmoothing: Float = 0.1

  @Option(help: "Epochs after which training ends; 0: no limit.")
  var afterEpochs = 0

  @Option(help: "Updates after which training ends; 0: no limit.")
  var afterBatches = 0

  @Option(help: "Minutes after which training ends; 0: no limit.")
  var afterMinutes = 0.0

  @Option(help: "Validations without a better BLEU after which training ends; 0: no limit.")
  var earlyStopping = 5

  @Option(help: "Updates between validations; 0: one an epoch.")
  var validFreq = 0

  @Option(help: "Dev pairs that are validated on; 0: all.")
  var validSentences = 0

  @Option(help: "Minutes between checkpoints besides those of validations; 0: none.")
  var saveMinutes = 5.0

  @Option(help: "Seed of initial values, order and dropout.")
  var seed: UInt64 = 1

  @Option(
    help:
      "Numbers of matrix products: f32, bf16 (rounded factors, sums in f32), or auto, the faster that there is."
  )
  var precision = PrecisionChoice.auto

  @Option(help: "Workers that share each batch; 0: one a processor.")
  var workers = 0

  var configuration: TrainingConfiguration {
    var result = TrainingConfiguration()
    result.batchSize = miniBatch
    result.maximumLength = maxLength
    result.schedule.base = learnRate
    result.schedule.warmup = lrWarmup
    result.schedule.decay = lrDecay
    result.schedule.patience = lrPatience
    result.schedule.floor = lrFloor
    result.adam.weightDecay = weightDecay
    result.adam.clipNorm = clipNorm
    result.dropout.states = dropout
    result.dropout.sourceWords = dropoutSrc
    result.dropout.targetWords = dropoutTrg
    result.labelSmoothing = labelSmoothing
    result.afterEpochs = afterEpochs
    result.afterBatches = afterBatches
    result.afterMinutes = afterMinutes
    result.earlyStopping = earlyStopping
    result.validationFrequency = validFreq
    result.validationSentences = validSentences
    result.saveMinutes = saveMinutes
    result.seed = seed
    result.precision = precision.resolved
    result.workers = workers > 0 ? workers : WorkerPool.processorCount
    return result
  }
}

/// What `--precision` takes.
enum PrecisionChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, f32, bf16

  var resolved: Precision {
    switch self {
    case .auto: .fastest
    case .f32: .f32
    case .bf16: .bf16
    }
  }
}
