import Foundation

/// What can go wrong with a corpus file, a model file, or what is brought into them.
///
/// Each description says what happened, where, and what to do; ``errorCode`` is the code of sysexits that a
/// command line should leave with.
public enum StorageError: Error, Equatable, Sendable {
  /// There is no file at the path, or it can't be opened.
  case missingFile(path: String, reason: String)
  /// The file is no SQLite database.
  case notADatabase(path: String)
  /// The file is a database, but of another kind: `found` says which, as far as it can be told.
  case wrongKind(path: String, expected: String, found: String)
  /// The file was written by a newer version of this software.
  case newerFormat(path: String, found: Int, supported: Int)
  /// There is a file already where a new one was to be made.
  case fileExists(path: String)
  /// SQLite found the file's own structure damaged.
  case corrupted(path: String, detail: String)
  /// A stored value does not have the checksum or the size that was written with it.
  case damagedBlob(path: String, item: String, detail: String)
  /// SQLite refused something: full disk, lock, permissions.
  case database(path: String, detail: String)
  /// The corpus is of other languages than those asked for.
  case languageMismatch(path: String, expected: String, found: String)
  /// The two files of an aligned corpus have unequal numbers of lines.
  case unequalLineCounts(source: String, sourceLines: Int, target: String, targetLines: Int)
  /// The split holds pairs already.
  case splitNotEmpty(path: String, split: Split, count: Int)
  /// Pairs can't be taken out of the train split.
  case cannotHoldOut(path: String, detail: String)
  /// Not one pair could be taken from the input.
  case nothingToImport(input: String, reasons: String)
  /// The input is in an encoding other than UTF-8.
  case notUTF8(input: String, encoding: String)
  /// The database has no such thing.
  case notFound(path: String, item: String)
  /// What was handed in can't be stored.
  case invalidValue(String)
}

extension StorageError: CustomStringConvertible, LocalizedError, CustomNSError {
  /// One line that says what happened, where, and what to do.
  public var description: String {
    switch self {
    case .missingFile(let path, let reason):
      "can't open \(path): \(reason). Check the path and its permissions"
    case .notADatabase(let path):
      "\(path) is not an SQLite database. Give the path of a corpus or model file that this project made"
    case .wrongKind(let path, let expected, let found):
      "\(path) is not a \(expected) database but \(found). Give the path of a \(expected) database"
    case .newerFormat(let path, let found, let supported):
      "\(path) has format \(found), and this version reads up to format \(supported). "
        + "Update the software, or make the file again with this version"
    case .fileExists(let path):
      "\(path) exists already. Delete it or choose another path"
    case .corrupted(let path, let detail):
      "\(path) is damaged (\(detail)). Restore it from a copy, or make it again"
    case .damagedBlob(let path, let item, let detail):
      "\(path): \(item) is damaged (\(detail)). Restore the file from a copy, or make it again"
    case .database(let path, let detail):
      "\(path): \(detail)"
    case .languageMismatch(let path, let expected, let found):
      "\(path) holds \(found), not \(expected). Use these languages, or another database"
    case .unequalLineCounts(let source, let sourceLines, let target, let targetLines):
      "\(source) has \(sourceLines) lines and \(target) has \(targetLines), so they are not translations "
        + "line by line. Nothing was imported; align the files first"
    case .splitNotEmpty(let path, let split, let count):
      "\(path) holds \(count) \(split.rawValue) pairs already. "
        + "Give --replace to put the new ones in their place, or --append to add them"
    case .cannotHoldOut(let path, let detail):
      "\(path): nothing was held out, for \(detail). Give other numbers with --dev and --test, 0 for none"
    case .nothingToImport(let input, let reasons):
      "\(input): no sentence pair could be taken (\(reasons)). Nothing was imported"
    case .notUTF8(let input, let encoding):
      "\(input) is encoded in \(encoding). Convert it first: iconv -f \(encoding) -t UTF-8"
    case .notFound(let path, let item):
      "\(path) holds no \(item)"
    case .invalidValue(let detail):
      detail
    }
  }

  /// Gives `localizedDescription` the same words.
  public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: description] }
  /// The same as ``description``.
  public var errorDescription: String? { description }

  /// The code of sysexits for this error: 65 bad data, 66 no input, 74 input or output, 78 configuration.
  public var errorCode: Int {
    switch self {
    case .missingFile: 66
    case .database, .fileExists: 74
    case .languageMismatch: 78
    case .invalidValue: 70
    default: 65
    }
  }
}
