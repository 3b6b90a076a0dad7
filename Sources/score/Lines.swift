import Console

/// All lines of a file, or of the standard input without a path; says where bytes had to be repaired.
func readLines(_ path: String?, tool: Tool) throws -> (name: String, lines: [String]) {
  let reader = try LineReader(path: path)
  var lines: [String] = []
  while let line = try reader.next() { lines.append(line) }
  if let first = reader.firstInvalidLine {
    tool.warning(
      "\(reader.name): \(reader.invalidLineCount) lines are not UTF-8, the first is line \(first): "
        + "the bytes that can't be read count as U+FFFD")
  }
  return (reader.name, lines)
}
