import Interchange
import Testing

@Suite("Placeholder check")
struct PlaceholderCheckTests {
  private func problems(_ source: String, _ translation: String, _ flags: String...) -> [PlaceholderCheck
    .Problem]
  {
    PlaceholderCheck(flags: Set(flags)).problems(source: source, translation: translation)
  }

  @Test(
    "A placeholder that is not there any more is lost",
    arguments: [
      "%1", "%42", "%L2", "%n", "%Ln", "%s", "%d", "%5.2f", "%-10s", "%1$s", "%(name)s", "%(x)d", "%%", "%ld",
      "%zu", "%@", "{}", "{0}",
      "{name}",
      "{0:>10}", "{user.name!r}", "%{count}", "${home}", "#{ruby}", "{{x}}", "{{ user.name }}", "{% if x %}",
      "{{ x | upper }}", "<b>", "</a>", "<br/>",
      "<a href=\"x y\">", "&nbsp;", "&#160;", "``x = 1``", ":ref:`here`", ":py:func:`~os.path.join`",
      "`word`_", "`word`",
      "`a link <https://x.org/>`_", "|version|", "[1]_", "[#note]_", "https://example.org/a?b=c#d",
      "someone@example.org", "<0>", "</0>", "<12/>", "{n, plural, one {# file} other {{x} files}}",
      "{ who , select, female {her} other {their}}", "{n,selectordinal, one {#st} other {#th}}",
    ])
  func lost(placeholder: String) throws {
    let source = "Look: \(placeholder), and more."
    let kept = "Voyez \(placeholder), et plus."
    #expect(problems(source, kept) == [])
    let found = problems(source, "Voyez, et plus.")
    #expect(found.count == 1)
    guard case .lost(let text)? = found.first else { throw CancellationError() }
    #expect(placeholder.contains(text) || placeholder.hasPrefix("`a link"))
    #expect(problems("Voyez, et plus.", source) == [.invented(text)])
    #expect(problems(source, kept + kept) == [.invented(text)])
  }

  @Test(
    "Text is no placeholder",
    arguments: [
      ("100% of it", "la totalité"), ("{ a set }", "un ensemble"), ("1 < 2 and 3 > 2", "1 et 2"),
      ("Q&A", "Questions"),
      ("a|b|c", "abc"), ("at 10:30", "à 10 h 30"), ("a@b", "chez b"), ("the $HOME folder", "le dossier"),
      ("it's `quoted", "c'est cité"), ("a [1] b", "a b"), ("50 % done", "moitié"), ("e.g. this", "ceci"),
      ("100%1 of it", "la totalité"), ("5%2km", "5 km"), ("%01 or %100", "un ou cent"), ("%1km", "1 km"),
      ("5 %", "5"), ("I <3 you > me", "je t'aime"), ("<3>x", "<3>x"), ("{n, of course}", "bien sûr"),
      ("{a, plural b, c", "a"), ("{plural, one x}", "x"),
    ])
  func text(source: String, translation: String) {
    #expect(problems(source, translation) == [])
  }

  @Test("What is counted off keeps its order; what has a name or a number is free")
  func order() {
    #expect(problems("%s has %d", "%d pour %s") == [.reordered])
    #expect(problems("%1$s has %2$d", "%2$d pour %1$s") == [])
    #expect(problems("%(a)s %(b)s", "%(b)s %(a)s") == [])
    #expect(problems("{a} {b}", "{b} {a}") == [])
    #expect(problems("%s and %s", "%s et %s") == [])
    #expect(problems("%s and %s", "%s") == [.lost("%s")])
    #expect(problems("%1%2 of %n", "%n sur %2%1") == [])
    #expect(problems("%1%2", "%1") == [.lost("%2")])
    #expect(problems("%1%", "%1 %") == [])
  }

  @Test("What looks like the beginning of one hides none that comes after it")
  func beginnings() {
    #expect(problems("%(a) %(b)s", "b") == [.lost("%(b)s")])
    #expect(problems("{{a} {b c} {d}", "d") == [.lost("{a}"), .lost("{d}")])
    #expect(problems(":a:b: :ref:`c`", "c") == [.lost(":ref:`c`")])
  }

  @Test("Long runs of what looks like the beginning of one are looked through once", .timeLimit(.minutes(1)))
  func longRuns() {
    func run(_ text: String) -> String { String(repeating: text, count: 100_000) }
    for text in [run("%("), run("%(") + ")" + run("1"), run("{"), run(":a")] {
      #expect(problems(text, text).isEmpty)
    }
  }

  @Test("A title is language, its target is not")
  func titles() {
    #expect(problems(":ref:`the guide <guide>`", ":ref:`le guide <guide>`") == [])
    #expect(problems(":ref:`the guide <guide>`", ":ref:`le guide <guides>`").count == 2)
    #expect(problems(":term:`file object`", ":term:`objet fichier <file object>`") == [])
    #expect(
      problems(":term:`file object`", ":term:`objet fichier <object>`") == [
        .lost(":term:`file object`"), .invented(":term:`object`"),
      ])
    #expect(problems("a :dfn:`type object`", "un :dfn:`objet type`") == [])
    #expect(problems("a :dfn:`type object`", "un objet type") == [.lost(":dfn:``")])
    #expect(problems("`the site <https://a.org>`_", "`le site <https://a.org>`_") == [])
    #expect(problems("`the site`_", "`le site <the site>`_").count == 2)
    #expect(problems("`the site <https://a.org>`_", "`le site <https://a.org>`").count == 2)
    #expect(problems(":mod:`os`", ":mod: `os`") == [.lost(":mod:`os`"), .invented("`os`")])
  }

  @Test("Flags say what else is a placeholder")
  func flags() {
    #expect(problems("% d files", "fichiers") == [])
    #expect(problems("% d files", "fichiers", "c-format") == [.lost("% d")])
    #expect(problems("in $HOME", "chez soi", "sh-format") == [.lost("$HOME")])
    #expect(problems("50 % done", "moitié", "no-c-format") == [])
  }

  @Test("Line breaks at both ends, and a translation that is empty")
  func ends() {
    #expect(problems("a\n", "b") == [.trailingNewline])
    #expect(problems("a", "\nb") == [.leadingNewline])
    #expect(problems("\na\n", "\nb\nc\n") == [])
    #expect(problems("a", "  ") == [.empty])
    #expect(problems(" ", "") == [])
    #expect(problems("%s", "%d").map(\.description) == ["loses %s", "invents %d"])
  }
}
