/// What each number of a vocabulary stands for when text is built from numbers.
struct SymbolRoles: Sendable {
  enum Role: Sendable {
    /// The text of a token or of a part of one; `goesOn` if the token goes on after it.
    case piece(text: String, goesOn: Bool)
    /// Something that was copied from the source, with the joiners of the symbol.
    case copy(ProtectedSymbol)
    /// Something about the case of the words beside it.
    case marker(CaseMarkup.Marker)
    /// Nothing that the vocabulary knows.
    case unknown
  }

  private let roles: [Role]
  /// The numbers of a class's symbols, those without joiners first.
  private let copies: [ProtectedClass: [TokenID]]
  private let exact: [String: TokenID]

  init(_ vocabulary: Vocabulary, _ configuration: TextConfiguration) {
    var special: [ExactKey: Role] = [:]
    var copies: [ProtectedClass: [TokenID]] = [:]
    var exact: [String: TokenID] = [:]
    for kind in configuration.protected {
      for symbol in ProtectedSymbol.all(of: kind) where vocabulary.contains(symbol.text) {
        special[ExactKey(symbol.text)] = .copy(symbol)
        copies[kind, default: []].append(vocabulary.id(of: symbol.text))
        exact[symbol.text] = vocabulary.id(of: symbol.text)
      }
    }
    if configuration.letterCase == .feature {
      for marker in CaseMarkup.Marker.allCases { special[ExactKey(marker.rawValue)] = .marker(marker) }
    }
    let hasPieces = configuration.kind == .bpe || configuration.kind == .char
    let separator = Array(BPECodes.separator.utf8)
    self.copies = copies
    self.exact = exact
    roles = (0..<vocabulary.count).map { index in
      let id = TokenID(index)
      let symbol = vocabulary.symbol(for: id)
      if id == Vocabulary.unknown { return .unknown }
      if let role = special[ExactKey(symbol)] { return role }
      let bytes = Array(symbol.utf8)
      guard hasPieces, bytes.suffix(separator.count) == separator[...] else {
        return .piece(text: symbol, goesOn: false)
      }
      return .piece(
        text: String(decoding: bytes.dropLast(separator.count), as: UTF8.self), goesOn: true)
    }
  }

  /// The role of a number, ``Role/unknown`` if the vocabulary does not have it.
  subscript(id: TokenID) -> Role {
    roles.indices.contains(Int(id)) ? roles[Int(id)] : .unknown
  }

  /// The number of a class's symbol, with other joiners if the vocabulary lacks the right ones.
  func id(of symbol: ProtectedSymbol) -> TokenID? {
    exact[symbol.text] ?? copies[symbol.kind]?.first
  }

  /// Whether the vocabulary has a symbol for a class.
  func hasSymbol(of kind: ProtectedClass) -> Bool { copies[kind] != nil }
}
