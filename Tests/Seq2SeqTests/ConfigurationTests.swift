import Foundation
import Layers
import Seq2Seq
import Testing

@Suite("Configurations")
struct ConfigurationTests {
  private func refuses(
    _ change: (inout ModelConfiguration) -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var configuration = ModelConfiguration(sourceVocabulary: 10, targetVocabulary: 10)
    (configuration.embedding, configuration.hidden) = (4, 4)
    change(&configuration)
    #expect(throws: Seq2SeqError.self, sourceLocation: sourceLocation) {
      _ = try Seq2SeqModel(configuration, seed: 1)
    }
  }

  @Test("Shapes that cannot be built are refused")
  func shapes() {
    refuses { $0.sourceVocabulary = 4 }
    refuses { $0.targetVocabulary = 0 }
    refuses { $0.hidden = 0 }
    refuses { $0.hidden = 5 }
    refuses { $0.embedding = -1 }
    refuses { $0.embedding = 100_000 }
    refuses { $0.encoderDepth = 0 }
    refuses { $0.decoderDepth = 9 }
  }

  @Test("Training settings that make no sense are refused, and the defaults are not")
  func training() throws {
    try TrainingConfiguration().validate()
    let changes: [(inout TrainingConfiguration) -> Void] = [
      { $0.batchSize = 0 }, { $0.maximumLength = 1 }, { $0.dropout.states = 1 }, { $0.dropout.targetWords = -0.1 },
      { $0.labelSmoothing = 1 }, { $0.schedule.base = 0 }, { $0.schedule.base = .nan },
      { $0.adam.clipNorm = -1 },
      { $0.workers = 0 }, { $0.afterEpochs = -1 }, { $0.validationFrequency = -1 },
    ]
    for (index, change) in changes.enumerated() {
      var configuration = TrainingConfiguration()
      change(&configuration)
      #expect(throws: Seq2SeqError.self, "change \(index)") { try configuration.validate() }
    }
  }

  @Test("A stored configuration reads back as it was")
  func roundTrip() throws {
    for model in RandomModel.configurations {
      var training = TrainingConfiguration()
      (training.seed, training.dropout.states, training.schedule.warmup) = (.max, 0.25, 7)
      let stored = StoredConfiguration(model: model, training: training)
      #expect(try JSONDecoder().decode(StoredConfiguration.self, from: stored.json()) == stored)
    }
  }
}
