import Foundation

/// A score with its name, and the forms in which sacreBLEU prints it.
public protocol MetricScore: Sendable {
  /// The name of the metric, such as `BLEU` or `chrF2++`.
  var name: String { get }
  /// The score, from 0 to 100.
  var value: Double { get }
  /// What stands after the score in the verbose form; empty where a metric has nothing to add.
  var details: String { get }
}

extension MetricScore {
  /// The score alone, with its interval where there is one: `57.8` or `57.8 (μ = 57.7 ± 1.7)`.
  ///
  /// - Parameters:
  ///   - width: how many digits follow the decimal point.
  ///   - interval: where the score lies with a probability of 95 %, if known.
  public func number(width: Int = 1, interval: Bootstrap.Interval? = nil) -> String {
    let number = fixed(value, width)
    guard let interval, interval.mean > 0 else { return number }
    return "\(number) (\(interval.text(width: width)))"
  }

  /// One line: `BLEU|<signature> = 38.2 67.1/45.0/... (BP = ...)`.
  ///
  /// - Parameters:
  ///   - signature: what ``MetricSignature/text(short:)`` gave.
  ///   - width: how many digits follow the decimal point.
  ///   - interval: where the score lies with a probability of 95 %, if known.
  public func text(signature: String, width: Int = 1, interval: Bootstrap.Interval? = nil) -> String {
    let line = "\(name)|\(signature) = \(number(width: width, interval: interval))"
    return details.isEmpty ? line : "\(line) \(details)"
  }

  /// A JSON object of several lines, indented by one space.
  ///
  /// - Parameters:
  ///   - signature: the settings, each of which becomes a member beside the score.
  ///   - width: how many digits follow the decimal point before trailing zeros are dropped.
  ///   - interval: where the score lies with a probability of 95 %, if known.
  public func json(
    signature: MetricSignature, width: Int = 1, interval: Bootstrap.Interval? = nil
  ) -> String {
    func rounded(_ value: Double) -> String { "\(Double(fixed(value, width)) ?? value)" }
    var members = [
      ("name", quoted(name)), ("score", rounded(value)), ("signature", quoted(signature.text())),
    ]
    if let interval, interval.mean > 0 {
      members += [
        ("confidence_mean", rounded(interval.mean)), ("confidence_var", rounded(interval.halfWidth)),
        ("confidence", quoted(interval.text(width: width))),
      ]
    }
    if !details.isEmpty { members.append(("verbose_score", quoted(details))) }
    members += signature.fields.map { ($0.name, quoted($0.value)) }
    return "{\n" + members.map { " \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n") + "\n}"
  }
}

extension Bootstrap.Interval {
  /// `μ = 57.7 ± 1.7`.
  func text(width: Int) -> String { "μ = \(fixed(mean, width)) ± \(fixed(halfWidth, width))" }
}

/// A number with so many digits after the decimal point.
private func fixed(_ value: Double, _ width: Int) -> String { String(format: "%.\(width)f", value) }

/// A JSON string of text that holds no control characters, as names and signatures do not.
private func quoted(_ text: String) -> String {
  let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
    .replacingOccurrences(of: "\"", with: "\\\"")
  return "\"\(escaped)\""
}
