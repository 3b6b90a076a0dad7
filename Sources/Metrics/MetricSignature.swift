/// The settings behind a score, in the form and order that sacreBLEU prints them.
///
/// `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`, or with the short names
/// `#:1|c:mixed|e:no|tok:13a|s:exp|v:2.6.0`.
public struct MetricSignature: Hashable, Sendable, CustomStringConvertible {
  /// One setting.
  public struct Field: Hashable, Sendable {
    /// The name as printed in the long form.
    public let name: String
    /// The name as printed in the short form.
    public let shortName: String
    /// The setting.
    public let value: String
  }

  /// The sacreBLEU release whose results these metrics reproduce.
  public static let reproducedVersion = "2.6.0"

  /// The settings, the version last.
  public let fields: [Field]

  init(referenceCount: Int, settings: [Field]) {
    fields =
      [Field(name: "nrefs", shortName: "#", value: String(referenceCount))]
      + settings
      + [Field(name: "version", shortName: "v", value: Self.reproducedVersion)]
  }

  private init(fields: [Field]) { self.fields = fields }

  /// The same signature of a score that was resampled: `nrefs:1|bs:1000|seed:12345|case:...`.
  ///
  /// - Parameters:
  ///   - method: how chance was imitated.
  ///   - samples: how many samples or trials were made.
  ///   - seed: what the random numbers followed from; nil where nobody set it.
  public func resampled(_ method: PairedTest.Method, samples: Int, seed: UInt64?) -> MetricSignature {
    MetricSignature(
      fields: [
        fields[0],
        Field(name: method.rawValue, shortName: method.rawValue, value: String(samples)),
        Field(name: "seed", shortName: "rs", value: seed.map(String.init) ?? "none"),
      ] + fields.dropFirst())
  }

  /// The settings joined with `|`.
  ///
  /// - Parameter short: whether to use the short names.
  public func text(short: Bool = false) -> String {
    fields.map { "\(short ? $0.shortName : $0.name):\($0.value)" }.joined(separator: "|")
  }

  /// The long form.
  public var description: String { text() }
}
