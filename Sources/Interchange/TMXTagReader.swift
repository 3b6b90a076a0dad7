/// Reads a TMX file and keeps its bytes, with the place of each tag in them.
///
/// The parser is fed up to one `>` at a time, so that a tag which it tells of ends where the bytes fed end; and since
/// no tag holds a `<`, it begins at the last one before.
struct TMXTagReader {
  /// A unit with the bytes that it is in.
  struct Passage {
    /// The bytes since the passage before. A unit is at their end.
    let bytes: [UInt8]
    /// Where in the file they begin: the places in the unit count from the file's beginning.
    let start: Int
    /// The unit, or nil after the last.
    let unit: TMXUnit?
  }

  private let source: ByteSource
  private let parser: XMLPushParser
  private var builder: TMXUnitBuilder
  private(set) var encoding: TMXEncoding?
  /// Bytes of the file, from a place on.
  private var window: [UInt8] = []
  private var windowStart = 0
  /// Places in the window: where the passage begins, how far the parser has been fed, how far `>` was looked for.
  private var begun = 0
  private var fed = 0
  private var scanned = 0
  /// The place in the file of the last `<`.
  private var lastOpening: Int?
  private var isAtEnd = false

  init(_ source: ByteSource) {
    self.source = source
    parser = XMLPushParser(file: source.name, remedy: TMXFormat.remedy)
    builder = TMXUnitBuilder(file: source.name)
  }

  /// The most bytes that a passage without a unit keeps waiting, and that there may be between two `>`.
  private static let longestWait = 1 << 20
  private static let longestText = 1 << 25

  /// The next passage, or nil after the last.
  mutating func next() throws -> Passage? {
    while true {
      while let end = findClosing() {
        let slice = window[fed..<end]
        fed = end
        if let unit = try take(try parser.feed(slice)) { return passage(unit) }
      }
      if isAtEnd { return nil }
      try load()
      if isAtEnd || !builder.isInUnit && fed - begun > Self.longestWait { return passage(nil) }
    }
  }

  private mutating func passage(_ unit: TMXUnit?) -> Passage {
    defer { begun = fed }
    return Passage(bytes: Array(window[begun..<fed]), start: windowStart + begun, unit: unit)
  }

  private mutating func load() throws {
    var chunk = try source.nextChunk()
    if encoding == nil {
      // A pipe may hand over the declaration in pieces.
      while let first = chunk, TMXEncoding.needsMore(than: first), let more = try source.nextChunk() {
        chunk = first + more
      }
      try TMXFormat.check(chunk, file: source.name)
      encoding = try chunk.map { try TMXEncoding(firstBytes: $0, file: source.name) }
    }
    guard let chunk else {
      isAtEnd = true
      let rest = window[fed...]
      fed = window.count
      guard try take(parser.feed(rest) + parser.finish()) == nil else { throw misplaced() }
      return
    }
    guard window.count - fed <= Self.longestText else {
      throw InterchangeError.invalid(
        file: source.name, line: source.newlineCount + 1,
        reason: "there is no tag in \(Self.longestText >> 20) MiB", remedy: TMXFormat.remedy)
    }
    window.removeFirst(begun)
    windowStart += begun
    fed -= begun
    scanned -= begun
    begun = 0
    window += chunk
  }

  /// Where the next tag ends: behind the next `>` that was not fed yet.
  private mutating func findClosing() -> Int? {
    guard let encoding else { return nil }
    while scanned + encoding.unitSize <= window.count {
      if encoding.has(0x3C, in: window[...], at: scanned) { lastOpening = windowStart + scanned }
      let isClosing = encoding.has(0x3E, in: window[...], at: scanned)
      scanned += encoding.unitSize
      if isClosing { return scanned }
    }
    return nil
  }

  private mutating func take(_ events: [XMLPushParser.LocatedEvent]) throws -> TMXUnit? {
    var unit: TMXUnit?
    for event in events {
      let place: Range<Int>
      if case .text = event.event {
        place = 0..<0
      } else {
        guard let lastOpening, lastOpening < windowStart + fed else { throw misplaced() }
        place = lastOpening..<windowStart + fed
      }
      if let found = try builder.take(event, place: place) {
        guard unit == nil else { throw misplaced() }
        unit = found
      }
    }
    return unit
  }

  private func misplaced() -> InterchangeError {
    .invalid(
      file: source.name, line: source.newlineCount + 1,
      reason: "a tag could not be found in the bytes of the file",
      remedy: "Convert the file to UTF-8 and try again")
  }
}
