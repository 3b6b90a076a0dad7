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

  @Option(help: "Recurrent layers of the encoder, 1 to 8.")
  var encDepth = 1

  @Option(help: "Recurrent layers of the decoder, 1 to 8.")
  var decDepth = 1

  @Option(help: "Cells of the encoder.")
  var encCell = CellKind.lstm

  @Option(help: "Cells of the decoder.")
  var decCell = CellKind.lstm

  @Flag(inversion: .prefixedNo, help: "Layer normalisation in the cells.")
  var layerNormalization = false

  @Flag(inversion: .prefixedNo, help: "The encoder reads both ways.")
  var bidirectional = true

  @Option(
    help:
      "What an encoder layer passes on: its outputs, its inputs too (dense), their sum (residual) or a mixture (highway)."
  )
  var encConnection = LayerConnection.none

  @Option(help: "The same of the decoder's layers from the second on; not dense.")
  var decConnection = LayerConnection.none

  @Flag(inversion: .prefixedNo, help: "The target's word vectors are the output layer's weights.")
  var tiedEmbeddings = false

  @Flag(
    inversion: .prefixedNo,
    help: "Source vectors, target vectors and output weights are one table; needs a joint vocabulary.")
  var tiedEmbeddingsAll = false

  @Option(help: "How decoder states are compared with encoder states.")
  var attention = AttentionKind.mlp

  @Flag(
    inversion: .prefixedNo,
    help: "mlp attention also sees how much attention each source word has had so far.")
  var coverage = false

  @Option(help: "Attention before the recurrent step (Bahdanau) or after it (Luong).")
  var attentionTiming = AttentionTiming.after

  @Flag(
    inversion: .prefixedNo,
    help: "The attentional state is fed to the next step; attention before the step has none.")
  var inputFeeding = true

  @Option(help: "How the decoder's first state comes from the encoder's last.")
  var bridge = BridgeKind.linear

  @Flag(
    inversion: .prefixedNo,
    help: "Learn to translate back as well, with half of the batches; needs a joint vocabulary.")
  var bothDirections = false

  @Flag(
    inversion: .prefixedNo,
    help: "Learn to write from right to left as well, with half of the batches: translate ranks by both.")
  var bothOrders = false

  func configuration(sourceVocabulary: Int, targetVocabulary: Int) -> ModelConfiguration {
    var result = ModelConfiguration(sourceVocabulary: sourceVocabulary, targetVocabulary: targetVocabulary)
    result.embedding = dimEmb
    result.hidden = dimRnn
    result.encoderDepth = encDepth
    result.decoderDepth = decDepth
    result.isBidirectional = bidirectional
    result.encoderCell = encCell
    result.decoderCell = decCell
    result.isNormalized = layerNormalization
    result.encoderConnection = encConnection
    result.decoderConnection = decConnection
    result.tiedEmbeddings = tiedEmbeddingsAll ? .all : tiedEmbeddings ? .target : .none
    result.attention = attention
    result.coverage = coverage
    result.attentionTiming = attentionTiming
    result.inputFeeding = inputFeeding
    result.bridge = bridge
    result.bothDirections = bothDirections
    result.bothOrders = bothOrders
    return result
  }
}

/// Flags of the training, by Marian's names where it has them.
struct TrainingFlags: ParsableArguments {
  @Option(help: "Sentence pairs a batch.")
  var miniBatch = 64

  @Option(help: "Target subwords a batch at most, padding counted, in the place of --mini-batch; 0: none.")
  var miniBatchWords = 0

  @Option(help: "Batches whose gradients are added up for one update.")
  var optimizerDelay = 1

  @Option(help: "Pairs with a side of more subwords are left out.")
  var maxLength = 100

  @Option(help: "adam (with --weight-decay: AdamW), or sgd with --momentum.")
  var optimizer = OptimizerMethod.adam

  @Option(help: "What adam keeps of its mean of gradients each update.")
  var adamBeta1: Float = 0.9

  @Option(help: "What adam keeps of its mean of squared gradients each update.")
  var adamBeta2: Float = 0.999

  @Option(help: "What adam adds to the root of that mean.")
  var adamEpsilon: Float = 1e-8

  @Option(help: "What sgd keeps of its velocity each update.")
  var momentum: Float = 0.9

  @Option(help: "The learning rate. Without it, 0.001 with adam, 0.5 with sgd.")
  var learnRate: Float?

  @Option(help: "How the learning rate falls after the warm-up.")
  var lrSchedule = LearningRateDecay.plateau

  @Option(help: "Updates over which the learning rate grows from 0.")
  var lrWarmup = 0

  @Option(
    help: "What the learning rate is multiplied by when validations stall, or (exponential) each --lr-period."
  )
  var lrDecay: Float = 0.5

  @Option(
    help: """
      Updates of one exponential decay, or of the whole cosine or trapezoid; 0: these end with the training.
      """)
  var lrPeriod = 0

  @Option(help: "The part of a trapezoid, its last, in which the learning rate falls.")
  var lrCooldown: Float = 0.3

  @Option(help: "Validations that bring nothing better before the learning rate falls; 0: never.")
  var lrPatience = 2

  @Option(help: "The learning rate falls no lower than this part of --learn-rate.")
  var lrFloor: Float = 0.01

  @Option(help: "Decoupled weight decay.")
  var weightDecay: Float = 0

  @Option(help: "Largest norm of the gradient; 0: no clipping.")
  var clipNorm: Float = 1

  @Option(help: "Largest absolute value of an element of the gradient; 0: no clipping.")
  var clipValue: Float = 0

  @Option(
    help: "Dropout rate of word vectors, of states between and after layers, and before the output layer.")
  var dropout: Float = 0.3

  @Option(help: "Dropout rate of word vectors, where it is not that of --dropout.")
  var dropoutEmb: Float?

  @Option(help: "Dropout rate between layers, where it is not that of --dropout.")
  var dropoutLayers: Float?

  @Option(help: "Dropout rate of the encoder's states, where it is not that of --dropout.")
  var dropoutEnc: Float?

  @Option(help: "Dropout rate of what the output layer reads, where it is not that of --dropout.")
  var dropoutOut: Float?

  @Option(help: "Dropout rate of context and decoder state where they come together.")
  var dropoutReadout: Float = 0

  @Option(help: "Dropout rate of recurrent states, the same values at each step of a sentence.")
  var dropoutRnn: Float = 0

  @Option(help: "Dropout rate of whole source words.")
  var dropoutSrc: Float = 0

  @Option(help: "Dropout rate of whole target words that the decoder reads.")
  var dropoutTrg: Float = 0

  @Option(help: "How likely a merge of subwords is left out, drawn anew each epoch; 0: never.")
  var bpeDropout: Float = 0

  @Option(help: "Label smoothing.")
  var labelSmoothing: Float = 0.1

  @Option(help: "R-Drop: weight of the difference between two draws of dropout, such as 5; 0: one draw.")
  var rDrop: Float = 0

  @Option(
    help: """
      Guided attention: weight of the alignment loss, such as 0.2; 0: none. Word links are found in the training pairs, \
      or read from --guided-alignment, with which the weight is 0.1 unless given.
      """)
  var guidedAlignmentWeight: Float?

  @Option(
    help: "With --coverage, weight of the penalty for attending to the same word again, such as 1; 0: none.")
  var coverageLoss: Float = 0

  @Option(
    help: "Scheduled sampling: how likely the decoder reads its own word instead of the given one; 0: never.")
  var scheduledSampling: Float = 0

  @Option(help: "Updates over which --scheduled-sampling grows from 0.")
  var scheduledSamplingWarmup = 0

  @Option(
    help:
      "Minimum risk training: translations of each sentence that take part in the loss, such as 8; 0: none.")
  var riskCandidates = 0

  @Option(help: "Weight of a sentence's risk for each word of its reference.")
  var riskWeight: Float = RiskOptions().weight

  @Option(help: "Power that probabilities of translations are raised to before they are shared out.")
  var riskSharpness: Float = RiskOptions().sharpness

  @Option(help: "Epochs before the first with --risk-candidates.")
  var riskAfter = 0

  @Option(help: "Decay of an exponential moving average of the parameters an update, such as 0.999; 0: none.")
  var ema: Float = 0

  @Option(help: "Each validation also tries the mean of so many checkpoints, such as 5; 0: none.")
  var average = 0

  @Option(help: "Which checkpoints --average takes: the last, or the best.")
  var averageOf = AverageChoice.last

  @Option(help: "Epochs after which training ends; 0: no limit.")
  var afterEpochs = 0

  @Option(help: "Updates after which training ends; 0: no limit.")
  var afterBatches = 0

  @Option(help: "Minutes of updates, validations not counted, after which training ends; 0: no limit.")
  var afterMinutes = 0.0

  @Option(help: "Validations that bring nothing better after which training ends; 0: no limit.")
  var earlyStopping = 5

  @Option(help: "What decides which validation is best: bleu or perplexity.")
  var earlyStoppingOn = ValidationMetric.bleu

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
    result.batchWords = miniBatchWords
    result.accumulation = optimizerDelay
    result.maximumLength = maxLength
    result.optimizer.method = optimizer
    result.optimizer.beta1 = adamBeta1
    result.optimizer.beta2 = adamBeta2
    result.optimizer.epsilon = adamEpsilon
    result.optimizer.momentum = momentum
    result.schedule.base = learnRate ?? optimizer.usualLearningRate
    result.schedule.kind = lrSchedule
    result.schedule.period = lrPeriod
    result.schedule.cooldown = lrCooldown
    result.schedule.warmup = lrWarmup
    result.schedule.decay = lrDecay
    result.schedule.patience = lrPatience
    result.schedule.floor = lrFloor
    result.optimizer.weightDecay = weightDecay
    result.optimizer.clipNorm = clipNorm
    result.optimizer.clipValue = clipValue
    result.dropout.states = dropout
    result.dropout.inputs = dropoutEmb
    result.dropout.layers = dropoutLayers
    result.dropout.encoded = dropoutEnc
    result.dropout.outputs = dropoutOut
    result.dropout.readout = dropoutReadout
    result.dropout.recurrent = dropoutRnn
    result.dropout.sourceWords = dropoutSrc
    result.dropout.targetWords = dropoutTrg
    result.bpeDropout = bpeDropout
    result.labelSmoothing = labelSmoothing
    result.consistency = rDrop
    result.guidance = guidedAlignmentWeight ?? 0
    result.coverageWeight = coverageLoss
    result.sampling = scheduledSampling
    result.samplingWarmup = scheduledSamplingWarmup
    result.risk.candidates = riskCandidates
    result.risk.weight = riskWeight
    result.risk.sharpness = riskSharpness
    result.risk.after = riskAfter
    result.ema = ema
    result.average = average
    result.averageOf = averageOf
    result.afterEpochs = afterEpochs
    result.afterBatches = afterBatches
    result.afterMinutes = afterMinutes
    result.earlyStopping = earlyStopping
    result.metric = earlyStoppingOn
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
