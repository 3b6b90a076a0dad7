/// Stops the generator with its message when the grammar or a word list is wrong, in release builds too.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
