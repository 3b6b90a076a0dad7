import Console
import Foundation

/// Bold and dim text where the standard output is a terminal, and plain text elsewhere.
///
/// `NO_COLOR` in the environment, unless it is empty, and `TERM=dumb` switch it off (no-color.org).
struct TerminalStyle {
  /// Whether escape sequences are written.
  let isOn: Bool
  /// The columns of a line; nil where lines may have any length.
  let width: Int?

  /// The style for where the standard output goes.
  static var standardOutput: TerminalStyle {
    guard StandardStreams.outputIsTerminal else { return TerminalStyle(isOn: false, width: nil) }
    let environment = ProcessInfo.processInfo.environment
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return TerminalStyle(isOn: !isPlain, width: StandardStreams.outputWidth)
  }

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  func bar(_ text: String) -> String { isOn ? "\u{1B}[36m\(text)\u{1B}[0m" : text }

  /// A text in lines that fit beside an indentation, broken at spaces where there are any.
  func wrapped(_ text: String, indent: Int) -> [String] {
    // What a file says is not to take over the terminal.
    let text = width == nil ? text : Tool.harmless(text)
    guard let width, width > indent + 20 else { return [text] }
    let room = width - indent
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      let columns = word.columns
      if !line.isEmpty && used + 1 + columns > room {
        lines.append(line)
        line = word
        used = columns
      } else {
        line += line.isEmpty ? word : " " + word
        used += columns + (used > 0 ? 1 : 0)
      }
    }
    return lines + [line]
  }
}
