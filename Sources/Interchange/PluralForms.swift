/// Which of a language's plural forms goes with `msgid`, and which with `msgid_plural`.
struct PluralForms {
  /// How many forms there are.
  let count: Int
  /// The form of the number 1, which goes with `msgid`; nil if all numbers have it.
  let singular: Int?
  /// The form that goes with `msgid_plural`: of the others, the one that most numbers have.
  let plural: Int
  /// Whether ``singular`` is the form of numbers like 21, too, so that its text must name the number: of more of those up
  /// to 1,000 than a few.
  let singularIsOfMany: Bool

  /// Forms of which nothing more is known: the first is of 1, the last of most numbers.
  init(count: Int) {
    self.count = count
    singular = count > 1 ? 0 : nil
    plural = count - 1
    singularIsOfMany = false
  }

  /// Forms by the formula behind `plural=`; nil if it can't be understood, or leaves one of the numbers that
  /// `msgfmt --check` tries without a form.
  init?(count: Int, formula: String) {
    guard let expression = PluralExpression(formula) else { return nil }
    var uses = Array(repeating: 0, count: count)
    var one = 0
    for number in UInt64(0)...1000 {
      guard let value = expression.value(for: number), value < UInt64(count) else { return nil }
      uses[Int(value)] += 1
      if number == 1 { one = Int(value) }
    }
    singularIsOfMany = uses[one] >= 5 && count > 1
    uses[one] = 0
    let most = uses.indices.max { uses[$0] < uses[$1] }!
    self.count = count
    singular = uses[most] > 0 ? one : nil
    plural = uses[most] > 0 ? most : one
  }
}
