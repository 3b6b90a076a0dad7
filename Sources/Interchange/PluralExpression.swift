/// The expression behind `plural=` in the header of a PO file, which says what form a number has with operators of C
/// (GNU gettext manual, "Plural forms").
indirect enum PluralExpression {
  case number(UInt64)
  case n
  case not(PluralExpression)
  case binary(BinaryOperator, PluralExpression, PluralExpression)
  /// The condition, and what there is where it is met and where it is not.
  case conditional(PluralExpression, PluralExpression, PluralExpression)

  /// The operators between two operands; those of two characters first, so that none is taken for its beginning.
  enum BinaryOperator: String, CaseIterable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case unequal = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case dividedBy = "/"
    case modulo = "%"

    /// How tightly it binds its operands.
    var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .unequal: 3
      case .lessOrEqual, .greaterOrEqual, .less, .greater: 4
      case .plus, .minus: 5
      case .times, .dividedBy, .modulo: 6
      }
    }
  }

  /// The expression that a text holds and nothing else, or nil if there is none.
  init?(_ text: String) {
    guard let tokens = Token.tokens(of: text) else { return nil }
    var parser = Parser(tokens: tokens[...])
    guard let expression = parser.expression(), parser.tokens.isEmpty else { return nil }
    self = expression
  }
}

// MARK: - Values

extension PluralExpression {
  /// The value for a number, or nil if that is divided by zero. Numbers are unsigned and wrap around, as in gettext.
  func value(for n: UInt64) -> UInt64? {
    switch self {
    case .number(let number): return number
    case .n: return n
    case .not(let operand): return operand.value(for: n).map { $0 == 0 ? 1 : 0 }
    case .conditional(let condition, let first, let second):
      guard let decision = condition.value(for: n) else { return nil }
      return (decision != 0 ? first : second).value(for: n)
    case .binary(let operation, let left, let right):
      guard let first = left.value(for: n) else { return nil }
      // What does not decide is not looked at: it may divide by zero.
      if operation == .or, first != 0 { return 1 }
      if operation == .and, first == 0 { return 0 }
      return right.value(for: n).flatMap { operation.value(first, $0) }
    }
  }
}

extension PluralExpression.BinaryOperator {
  fileprivate func value(_ left: UInt64, _ right: UInt64) -> UInt64? {
    switch self {
    case .or: left != 0 || right != 0 ? 1 : 0
    case .and: left != 0 && right != 0 ? 1 : 0
    case .equal: left == right ? 1 : 0
    case .unequal: left != right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .plus: left &+ right
    case .minus: left &- right
    case .times: left &* right
    case .dividedBy: right == 0 ? nil : left / right
    case .modulo: right == 0 ? nil : left % right
    }
  }
}

// MARK: - Reading

/// A piece of an expression.
private enum Token: Equatable {
  case number(UInt64), n, binary(PluralExpression.BinaryOperator), not
  case open, close, question, colon

  /// No language's expression has more than 200. As each nests by one at most, so deep is the deepest.
  private static let limit = 300

  /// The tokens of a text, or nil if it holds something else, or more than an expression may have.
  static func tokens(of text: String) -> [Token]? {
    var tokens: [Token] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      if byte == 0x20 || byte == 0x09 {
        rest.removeFirst()
        continue
      }
      guard tokens.count < limit, let (token, length) = first(of: rest) else { return nil }
      tokens.append(token)
      rest.removeFirst(length)
    }
    return tokens
  }

  /// The token that a text begins with, and its length.
  private static func first(of rest: ArraySlice<UInt8>) -> (Token, Int)? {
    for operation in PluralExpression.BinaryOperator.allCases
    where rest.starts(with: operation.rawValue.utf8) {
      return (.binary(operation), operation.rawValue.utf8.count)
    }
    switch rest.first {
    case UInt8(ascii: "n"): return (.n, 1)
    case UInt8(ascii: "!"): return (.not, 1)
    case UInt8(ascii: "("): return (.open, 1)
    case UInt8(ascii: ")"): return (.close, 1)
    case UInt8(ascii: "?"): return (.question, 1)
    case UInt8(ascii: ":"): return (.colon, 1)
    default:
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard let number = UInt64(String(decoding: digits, as: UTF8.self)) else { return nil }
      return (.number(number), digits.count)
    }
  }
}

/// Reads by precedence climbing (Richards and Whitby-Strevens 1979, "BCPL: the language and its compiler").
private struct Parser {
  var tokens: ArraySlice<Token>

  /// An expression; `?:` binds loosest, and to the right.
  mutating func expression() -> PluralExpression? {
    guard let condition = operations(from: 0) else { return nil }
    guard take(.question) else { return condition }
    guard let first = expression(), take(.colon), let second = expression() else { return nil }
    return .conditional(condition, first, second)
  }

  /// Operands with operators of at least a precedence between them; all of them bind to the left.
  private mutating func operations(from precedence: Int) -> PluralExpression? {
    guard var left = operand() else { return nil }
    while case .binary(let operation)? = tokens.first, operation.precedence >= precedence {
      tokens.removeFirst()
      guard let right = operations(from: operation.precedence + 1) else { return nil }
      left = .binary(operation, left, right)
    }
    return left
  }

  private mutating func operand() -> PluralExpression? {
    switch tokens.popFirst() {
    case .number(let number)?: return .number(number)
    case .n?: return .n
    case .not?: return operand().map(PluralExpression.not)
    case .open?:
      guard let inner = expression(), take(.close) else { return nil }
      return inner
    default: return nil
    }
  }

  private mutating func take(_ token: Token) -> Bool {
    guard tokens.first == token else { return false }
    tokens.removeFirst()
    return true
  }
}
