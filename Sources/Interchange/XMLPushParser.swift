import CLibXML2

/// Something that an XML document holds.
enum XMLEvent {
  /// A start tag: the element's local name, and its attributes by the name they are written with.
  case start(name: String, attributes: [String: String])
  /// An end tag.
  case end(name: String)
  /// Text outside tags, with entities and CDATA resolved. One text may come in several pieces.
  case text(String)
}

/// An XML parser that is fed bytes and gives events; libxml2 does the work.
///
/// It fetches nothing: a DOCTYPE is read over, and external entities are refused. An internal entity is expanded only
/// if its value is short, plain text, so that entities can't grow by holding one another (the "billion laughs").
final class XMLPushParser {
  /// An event and the line that it was complete on.
  struct LocatedEvent {
    let event: XMLEvent
    let line: Int
  }

  /// The longest value that an entity may have, in bytes.
  static let longestEntityValue = 1_000

  private let file: String
  private let remedy: String
  private var parser: OpaquePointer?
  private var head: [UInt8] = []
  private var attributes: [String: String] = [:]
  private var events: [LocatedEvent] = []
  private var failure: InterchangeError?

  /// - Parameters:
  ///   - file: the name to use in messages.
  ///   - remedy: what a person can do about a document that is not well-formed.
  init(file: String, remedy: String) {
    self.file = file
    self.remedy = remedy
  }

  deinit { cxml_close(parser) }

  /// Feeds bytes and returns what they complete.
  ///
  /// - Throws: ``InterchangeError/invalid(file:line:reason:remedy:)`` once there is a fault, after which nothing may
  ///   be fed any more. Events that came before the fault in the same call are lost.
  func feed(_ bytes: ArraySlice<UInt8>) throws -> [LocatedEvent] {
    try push(bytes, isLast: false)
  }

  /// Says that the document is at its end. Throws as ``feed(_:)`` does, as when elements are still open.
  func finish() throws -> [LocatedEvent] {
    try push([], isLast: true)
  }

  private func push(_ bytes: ArraySlice<UInt8>, isLast: Bool) throws -> [LocatedEvent] {
    if let failure { throw failure }
    events.removeAll(keepingCapacity: true)
    if parser == nil {
      // The first bytes tell the encoding, so they go in together.
      head += bytes
      guard head.count >= 4 || isLast else { return [] }
      try open()
      if isLast { cxml_feed(parser, nil, 0, 1) }
    } else {
      bytes.withUnsafeBytes {
        cxml_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, isLast ? 1 : 0)
      }
    }
    if let failure { throw failure }
    return events
  }

  private func open() throws {
    var handlers = cxml_handlers()
    handlers.attribute = { context, prefix, name, value, length in
      let scope = XMLPushParser.string(prefix).map { "\($0):" } ?? ""
      let name = scope + (XMLPushParser.string(name) ?? "")
      XMLPushParser.from(context).attributes[name] = XMLPushParser.string(value, length)
    }
    handlers.start = { context, name in
      let parser = XMLPushParser.from(context)
      let event = XMLEvent.start(name: XMLPushParser.string(name) ?? "", attributes: parser.attributes)
      parser.attributes.removeAll(keepingCapacity: true)
      parser.add(event)
    }
    handlers.end = { context, name in
      XMLPushParser.from(context).add(.end(name: XMLPushParser.string(name) ?? ""))
    }
    handlers.text = { context, bytes, length in
      XMLPushParser.from(context).add(.text(XMLPushParser.string(bytes, length)))
    }
    handlers.entity = { context, name, value in
      XMLPushParser.from(context).accepts(
        entity: XMLPushParser.string(name) ?? "", value: XMLPushParser.string(value)) ? 1 : 0
    }
    handlers.unknown_entity = { context, name in
      let parser = XMLPushParser.from(context)
      parser.fail(
        "the entity &\(XMLPushParser.string(name) ?? "?"); is not declared in the file, and no DTD is fetched",
        remedy: "Write the character itself, or a reference such as &#160;")
    }
    handlers.error = { context, message, line in
      let parser = XMLPushParser.from(context)
      let words = (XMLPushParser.string(message) ?? "").split(whereSeparator: \.isNewline).first ?? ""
      parser.fail("not well-formed XML: \(words)", line: line)
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    parser = head.withUnsafeBytes { head in
      // No callback needs `parser` before the first tag; libxml2 reads none in the four bytes it begins with.
      cxml_open(&handlers, context, head.baseAddress?.assumingMemoryBound(to: CChar.self), min(4, head.count))
    }
    guard let parser else {
      throw InterchangeError.invalid(
        file: file, line: 1, reason: "libxml2 has no memory", remedy: "Close other programs")
    }
    let rest = head.dropFirst(4)
    head = []
    rest.withUnsafeBytes {
      cxml_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, 0)
    }
  }

  private func add(_ event: XMLEvent) {
    guard failure == nil else { return }
    events.append(LocatedEvent(event: event, line: line))
  }

  private var line: Int { parser.map { max(1, cxml_line($0)) } ?? 1 }

  private func fail(_ reason: String, line: Int? = nil, remedy: String? = nil) {
    guard failure == nil else { return }
    failure = .invalid(
      file: file, line: max(1, line ?? self.line), reason: reason, remedy: remedy ?? self.remedy)
  }

  private func accepts(entity name: String, value: String?) -> Bool {
    let remedy = "Remove its declaration from the DOCTYPE and write its text where it is used"
    guard let value else {
      fail("the entity \(name) is external or a parameter entity, which are never fetched", remedy: remedy)
      return false
    }
    guard !value.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C }) else {
      fail("the entity \(name) holds other entities or tags, which are not expanded", remedy: remedy)
      return false
    }
    guard value.utf8.count <= Self.longestEntityValue else {
      fail("the entity \(name) is longer than \(Self.longestEntityValue) bytes", remedy: remedy)
      return false
    }
    return true
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> XMLPushParser {
    Unmanaged<XMLPushParser>.fromOpaque(context!).takeUnretainedValue()
  }

  private static func string(_ bytes: UnsafePointer<CChar>?) -> String? {
    bytes.map { String(cString: $0) }
  }

  private static func string(_ bytes: UnsafePointer<CChar>?, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}
