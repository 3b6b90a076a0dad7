import TranslationMetrics
import Testing

/// Golden values are NumPy 2.4's and, with it, sacreBLEU 2.6.0's in Python 3.11.
@Suite("Significance")
struct SignificanceTests {
  /// ```python
  /// g = np.random.default_rng(seed)
  /// g.integers(0, 2**64, size=3, dtype=np.uint64)
  /// g = np.random.default_rng(seed)
  /// g.choice(1000, size=8); g.choice(3, size=5)
  /// g = np.random.default_rng(seed)
  /// g.integers(0, 3_000_000_000, size=4)
  /// ```
  @Test(
    "random numbers are those of NumPy's default_rng",
    arguments: [
      (
        0, [11_749_869_230_777_074_271, 4_976_686_463_289_251_617, 755_828_109_848_996_024],
        [850, 636, 511, 269, 307, 40, 75, 16, 0, 2, 1, 2, 1],
        [2_551_872_677, 1_910_885_061, 1_533_409_439, 809_360_140]
      ),
      (
        12_345, [4_193_609_425_186_963_869, 5_843_160_025_838_961_886, 14_708_796_524_633_321_433],
        [699, 227, 788, 316, 204, 797, 642, 676, 2, 1, 2, 0, 1],
        [2_097_645_094, 682_008_066, 2_365_940_964, 950_275_018]
      ),
      (
        98_765_432_109, [13_282_150_735_070_400_527, 9_082_584_821_378_168_851, 15_589_215_496_753_846_812],
        [754, 720, 2, 492, 168, 845, 62, 482, 2, 2, 0, 2, 1],
        [2_262_476_931, 2_160_080_501, 187_992_679, 1_448_709_451]
      ),
      (
        UInt64.max, [12_544_278_110_101_001_871, 15_593_249_672_699_323_225, 136_562_751_618_339_402],
        [547, 680, 950, 845, 358, 7, 100, 894, 1, 0, 0, 0, 2],
        [1_643_890_599, 2_040_080_036, 1_075_324_467, 22_209_244]
      ),
    ] as [(UInt64, [UInt64], [UInt32], [UInt32])])
  func randomNumbers(seed: UInt64, words: [UInt64], choices: [UInt32], large: [UInt32]) {
    var random = PCG64(seed: seed)
    #expect(words.map { _ in random.next() } == words)
    random = PCG64(seed: seed)
    #expect(choices.enumerated().map { random.next(below: $0.offset < 8 ? 1_000 : 3) } == choices)
    random = PCG64(seed: seed)
    #expect(large.map { _ in random.next(below: 3_000_000_000) } == large)
    #expect(random.next(below: 1) == 0)
  }

  struct Confidence: Sendable {
    let metric: any CorpusMetric
    let samples: Int
    let seed: UInt64
    let mean: Double
    let halfWidth: Double
  }

  /// ```python
  /// os.environ["SACREBLEU_SEED"] = "12345"
  /// s = BLEU().corpus_score(h, [r, r2], n_bootstrap=1000); print(repr(float(s._mean)), repr(float(s._ci)))
  /// ```
  static let confidence = [
    Confidence(
      metric: BLEU(), samples: 1_000, seed: 12_345, mean: 61.68969819094628, halfWidth: 14.337538819859788),
    Confidence(
      metric: BLEU(), samples: 137, seed: 7, mean: 60.47209144577758, halfWidth: 15.009764325881953),
    Confidence(
      metric: BLEU(smoothing: .addK(0.7), effectiveOrder: true), samples: 137, seed: 12_345,
      mean: 61.55741713657865, halfWidth: 15.219867373514361),
    Confidence(
      metric: BLEU(smoothing: .floor()), samples: 1_000, seed: 7, mean: 61.84390445987768,
      halfWidth: 14.837914380163891),
    Confidence(
      metric: CHRF(), samples: 1_000, seed: 12_345, mean: 63.66408920288086, halfWidth: 13.868122100830078),
    Confidence(
      metric: CHRF(wordOrder: 2, epsilonSmoothing: true), samples: 137, seed: 7, mean: 65.03083801269531,
      halfWidth: 11.665544509887695),
    Confidence(
      metric: TER(), samples: 1_000, seed: 7, mean: 39.139404296875, halfWidth: 17.462928771972656),
    Confidence(
      metric: TER(), samples: 137, seed: 12_345, mean: 40.43528747558594, halfWidth: 18.260839462280273),
  ]

  @Test("bootstrap intervals are sacreBLEU's, to the last bit", arguments: confidence)
  func intervals(golden: Confidence) throws {
    let interval = Bootstrap(samples: golden.samples, seed: golden.seed).interval(
      of: try counts(golden.metric))
    #expect(interval.mean == golden.mean)
    #expect(interval.halfWidth == golden.halfWidth)
  }

  private func counts(
    _ metric: some CorpusMetric, _ lines: [String] = Corpus.hypotheses,
    references: [[String]] = [Corpus.references, Corpus.otherReferences]
  ) throws -> CorpusCounts {
    try CorpusCounts(metric, hypotheses: lines, references: references)
  }

  struct Paired: Sendable {
    let metric: any CorpusMetric
    let test: PairedTest
    /// Of the second and third system.
    let pValues: [Double]
    /// Of all systems; none for randomisation.
    var means: [Double] = []
    var halfWidths: [Double] = []
  }

  /// ```python
  /// systems = [("x", h), ("y", r2), ("z", h[1:] + h[:1])]
  /// PairedTest(systems, {"": BLEU(references=[r])}, None, test_type="bs", n_samples=1000)()
  /// ```
  static let paired = [
    Paired(
      metric: BLEU(), test: PairedTest(.bootstrap, samples: 77),
      pValues: [0.01282051282051282, 0.01282051282051282],
      means: [48.95299057948014, 14.977576983601498, 0.857191045354754],
      halfWidths: [19.37717929182489, 9.451598733439768, 0.8704667805670042]),
    Paired(
      metric: BLEU(smoothing: .addK(1.5)), test: PairedTest(.bootstrap),
      pValues: [0.000999000999000999, 0.000999000999000999],
      means: [50.77436971799267, 17.560840051754298, 2.3389114146393473],
      halfWidths: [16.38616743370241, 8.72819288071583, 2.0500828146889503]),
    Paired(
      metric: CHRF(), test: PairedTest(.bootstrap), pValues: [0.015984015984015984, 0.000999000999000999],
      means: [57.6795539855957, 46.773834228515625, 6.563906192779541],
      halfWidths: [11.145700454711914, 9.776107788085938, 4.846442222595215]),
    Paired(
      metric: CHRF(), test: PairedTest(.bootstrap, seed: 99),
      pValues: [0.01998001998001998, 0.000999000999000999],
      means: [57.42478942871094, 46.7381477355957, 6.6266679763793945],
      halfWidths: [11.482215881347656, 9.318443298339844, 4.627521514892578]),
    Paired(
      metric: TER(), test: PairedTest(.bootstrap), pValues: [0.000999000999000999, 0.003996003996003996],
      means: [44.27906036376953, 73.25712585449219, 129.00704956054688],
      halfWidths: [16.100372314453125, 12.990652084350586, 33.03571701049805]),
    Paired(
      metric: BLEU(), test: PairedTest(.randomization, seed: 99),
      pValues: [0.0170982901709829, 0.0004999500049995]),
    Paired(
      metric: BLEU(smoothing: .addK(1.5)), test: PairedTest(.randomization),
      pValues: [0.016198380161983803, 0.0004999500049995]),
    Paired(
      metric: CHRF(), test: PairedTest(.randomization), pValues: [0.0827917208279172, 9.999000099990002e-05]),
    Paired(
      metric: TER(), test: PairedTest(.randomization, samples: 333),
      pValues: [0.02694610778443114, 0.0029940119760479044]),
  ]

  @Test("p-values of paired tests are sacreBLEU's, to the last bit", arguments: paired)
  func pairedTests(golden: Paired) throws {
    let systems = [
      Corpus.hypotheses, Corpus.otherReferences,
      Array(Corpus.hypotheses.dropFirst() + Corpus.hypotheses.prefix(1)),
    ]
    let counted = try systems.map { try counts(golden.metric, $0, references: [Corpus.references]) }
    let results = golden.test.results(baseline: counted[0], systems: Array(counted.dropFirst()))
    #expect(results[0].pValue == nil)
    #expect(results.dropFirst().map(\.pValue) == golden.pValues)
    #expect(results.compactMap { $0.interval?.mean } == golden.means)
    #expect(results.compactMap { $0.interval?.halfWidth } == golden.halfWidths)
    #expect(results.map(\.score) == counted.map(\.score.value))
  }

  @Test("a system does not differ from itself, and signatures say what was done")
  func same() throws {
    let system = try counts(BLEU())
    for method in [PairedTest.Method.bootstrap, .randomization] {
      let results = PairedTest(method, samples: 100).results(baseline: system, systems: [system])
      #expect(results[1].pValue == (method == .bootstrap ? 1.0 / 101 : 1.0 / 101))
    }
    let signature = BLEU().signature(referenceCount: 2)
    #expect(
      signature.resampled(.randomization, samples: 50, seed: 3).text(short: true)
        == "#:2|ar:50|rs:3|c:mixed|e:no|tok:13a|s:exp|v:2.6.0")
    #expect(
      signature.resampled(.bootstrap, samples: 10, seed: nil).text()
        == "nrefs:2|bs:10|seed:none|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0")
  }
}
