import ArgumentParser

/// How results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case json
  case text
  /// A table for LaTeX where there are several systems, else text.
  case latex
}
