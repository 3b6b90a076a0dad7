import Foundation
import Storage

extension VocabularyRecord {
  /// What sets another vocabulary apart from this one, for people; empty where texts become the same ids. Names do not
  /// matter.
  public func differences(from other: VocabularyRecord) -> [String] {
    var found: [String] = []
    let sides = [
      (
        "source", (self.sourceConfiguration, other.sourceConfiguration), (sourceCodes, other.sourceCodes),
        (sourceVocabulary, other.sourceVocabulary)
      ),
      (
        "target", (self.targetConfiguration, other.targetConfiguration), (targetCodes, other.targetCodes),
        (targetVocabulary, other.targetVocabulary)
      ),
    ]
    for (side, configurations, codes, vocabularies) in sides {
      let (mine, theirs) = (Self.fields(configurations.0), Self.fields(configurations.1))
      for key in Set(mine.keys).union(theirs.keys).sorted() where mine[key] != theirs[key] {
        found.append("\(side) \(key): \(mine[key] ?? "absent") and \(theirs[key] ?? "absent")")
      }
      if codes.0 != codes.1, [configurations.0.kind, configurations.1.kind].contains(.sentencepiece) {
        found.append("\(side): another SentencePiece model")
      } else if codes.0 != codes.1 {
        found.append("\(side) merges: " + Self.compare(codes.0 ?? "", codes.1 ?? ""))
      }
      if vocabularies.0 != vocabularies.1 {
        // A line is a symbol and its count, which does not matter.
        let symbols = [vocabularies.0, vocabularies.1].map { text in
          text.split(separator: "\n").map { $0.split(separator: "\t").first.map(String.init) ?? "" }
        }
        if symbols[0] != symbols[1] {
          found.append("\(side) symbols: " + Self.compare(symbols[0], symbols[1]))
        }
      }
    }
    return found
  }

  private static func compare(_ mine: String, _ theirs: String) -> String {
    func merges(_ codes: String) -> [String] {
      codes.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#version") }
    }
    return compare(merges(mine), merges(theirs))
  }

  /// How many lines there are, how many they share, and where they part.
  private static func compare(_ mine: [String], _ theirs: [String]) -> String {
    let shared = Set(mine).intersection(theirs).count
    let first = zip(mine, theirs).enumerated().first { $0.element.0 != $0.element.1 }
    func quoted(_ line: String) -> String { "\"\(line.prefix(60))\"" }
    let place =
      first.map { ", the first that differ are \(quoted($0.element.0)) and \(quoted($0.element.1))" } ?? ""
    return "\(mine.count) and \(theirs.count), \(shared) of them the same\(place)"
  }

  private static func fields(_ configuration: some Encodable) -> [String: String] {
    guard let data = try? JSONEncoder().encode(configuration),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return [:] }
    return object.mapValues { value in
      // What is nested has no order but that of its keys.
      let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
      let text = try? JSONSerialization.data(withJSONObject: value, options: options)
      return text.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    }
  }
}
