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
  /// The score alone.
  ///
  /// - Parameter width: how many digits follow the decimal point.
  public func number(width: Int = 1) -> String {
    String(format: "%.\(width)f", value)
  }

  /// One line: `BLEU|<signature> = 38.2 67.1/45.0/... (BP = ...)`.
  ///
  /// - Parameters:
  ///   - signature: what ``MetricSignature/text(short:)`` gave.
  ///   - width: how many digits follow the decimal point.
  public func text(signature: String, width: Int = 1) -> String {
    let line = "\(name)|\(signature) = \(number(width: width))"
    return details.isEmpty ? line : "\(line) \(details)"
  }

  /// A JSON object of several lines, indented by one space.
  ///
  /// - Parameters:
  ///   - signature: the settings, each of which becomes a member beside the score.
  ///   - width: how many digits follow the decimal point before trailing zeros are dropped.
  public func json(signature: MetricSignature, width: Int = 1) -> String {
    let rounded = Double(number(width: width)) ?? value
    var members = [
      ("name", quoted(name)), ("score", "\(rounded)"), ("signature", quoted(signature.text())),
    ]
    if !details.isEmpty { members.append(("verbose_score", quoted(details))) }
    members += signature.fields.map { ($0.name, quoted($0.value)) }
    return "{\n" + members.map { " \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n") + "\n}"
  }
}

/// A JSON string of text that holds no control characters, as names and signatures do not.
private func quoted(_ text: String) -> String {
  let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
    .replacingOccurrences(of: "\"", with: "\\\"")
  return "\"\(escaped)\""
}
