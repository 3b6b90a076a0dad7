import ArgumentParser
import Console
import Foundation
import Yams

/// A training recipe: a YAML mapping from names of flags to values.
enum Recipe {
  /// How a field is written as a flag.
  enum FieldKind {
    case value
    case choice
  }

  /// The fields: all flags of the model and of the training, but the number of workers, which is the machine's matter.
  /// What says where things are is not among them.
  private static let fields: [String: FieldKind] = {
    var fields: [String: FieldKind] = [:]
    for group in [ModelFlags(), TrainingFlags()] as [any ParsableArguments] {
      for child in Mirror(reflecting: group).children {
        // A property wrapper is stored under the property's name with an underscore; the flag is that name in kebab case.
        guard let label = child.label, let wrapper = child.value as? any RecipeField else { continue }
        let name = label.dropFirst().map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
        fields[name] = wrapper.kind
      }
    }
    fields["workers"] = nil
    return fields
  }()

  /// Puts the fields of the files that `--config` names, in their order, in front of the other arguments: what comes later
  /// wins.
  ///
  /// - Throws: `ConsoleError` with file, line and remedy for what is not such a mapping.
  static func expand(_ arguments: [String]) throws -> [String] {
    try configPaths(arguments).flatMap { try settings(of: $0) }.map(\.flag) + arguments
  }

  /// Where the field stands that a message about settings begins with, as `file:line`, unless a flag that was typed wins
  /// over it.
  static func place(of message: String, in arguments: [String]) -> String? {
    let name = message.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
    let isTyped = arguments.contains {
      $0 == "--\(name)" || $0 == "--no-\(name)" || $0.hasPrefix("--\(name)=")
    }
    guard !isTyped, let settings = try? configPaths(arguments).flatMap({ try self.settings(of: $0) }) else {
      return nil
    }
    return settings.last { $0.name == name }?.place
  }

  /// A field of a file.
  private struct Setting {
    let name: String
    let flag: String
    /// `file:line`.
    let place: String
  }

  private static func configPaths(_ arguments: [String]) -> [String] {
    arguments.enumerated().compactMap { place, argument in
      // `-qc` is `-q` and `-c`.
      let isShort =
        argument.last == "c" && argument.first == "-" && argument.dropFirst().allSatisfy(\.isLetter)
      if argument == "--config" || isShort {
        return place + 1 < arguments.count ? arguments[place + 1] : nil
      }
      return ["--config=", "-c="].first(where: argument.hasPrefix).map {
        String(argument.dropFirst($0.count))
      }
    }
  }

  private static func settings(of path: String) throws -> [Setting] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConsoleError.missingInput(path: path, reason: "there is no such recipe, or it can't be read")
    }
    func failure(_ line: Int?, _ message: String) -> ConsoleError {
      .failure(.configuration, "\(path)\(line.map { ":\($0)" } ?? ""): \(message)")
    }
    let root: Node?
    do {
      // Editors of Windows begin a file with a byte order mark.
      let content = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
      root = try Yams.compose(yaml: String(decoding: content, as: UTF8.self))
    } catch let error as YamlError {
      throw failure(nil, "this is not YAML: \(error)")
    }
    guard let root else { return [] }
    guard let mapping = root.mapping else {
      throw failure(root.mark?.line, "a recipe is a list of fields like `dim-rnn: 512`")
    }
    var seen: Set<String> = []
    return try mapping.map { key, value -> Setting in
      let line = key.mark?.line
      guard let typed = key.string else { throw failure(line, "the name of a field must be a word") }
      let name = typed.replacingOccurrences(of: "_", with: "-")
      guard seen.insert(name).inserted else { throw failure(line, "the field \(name) stands here twice") }
      guard let kind = fields[name] else {
        let near =
          nearest(name).map { "; did you mean \($0)?" } ?? ". See train-seq2seq --help for the fields"
        throw failure(line, "there is no field \(typed)\(near)")
      }
      guard let scalar = value.scalar?.string else { throw failure(line, "\(name) takes one value") }
      func setting(_ flag: String) -> Setting {
        Setting(name: name, flag: flag, place: path + (line.map { ":\($0)" } ?? ""))
      }
      switch kind {
      case .value:
        // With an equals sign, so that a value may begin with a dash.
        let flag = "--\(name)=\(scalar)"
        guard isUnderstood(flag) else {
          throw failure(line, "\(name) can't be \(scalar.isEmpty ? "empty" : scalar)")
        }
        return setting(flag)
      case .choice:
        guard let on = value.bool else { throw failure(line, "\(name) is true or false, not \(scalar)") }
        return setting(on ? "--\(name)" : "--no-\(name)")
      }
    }
  }

  /// Whether a flag by itself can be read.
  private static func isUnderstood(_ flag: String) -> Bool {
    (try? ModelFlags.parse([flag])) != nil || (try? TrainingFlags.parse([flag])) != nil
  }

  /// The field whose name takes the fewest changed letters to reach, if few enough.
  private static func nearest(_ name: String) -> String? {
    let ranked = fields.keys.map { (distance: editDistance(name, $0), name: $0) }.min {
      ($0.distance, $0.name) < ($1.distance, $1.name)
    }
    return ranked.flatMap { $0.distance <= max(2, name.count / 3) ? $0.name : nil }
  }

  private static func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[right.count]
  }
}

/// The wrapper of a flag that is a field of a recipe.
private protocol RecipeField {
  var kind: Recipe.FieldKind { get }
}

extension Option: RecipeField {
  fileprivate var kind: Recipe.FieldKind { .value }
}

extension Flag: RecipeField {
  fileprivate var kind: Recipe.FieldKind { .choice }
}
