/// Which Passerelle this is.
public enum Release {
  /// The number, as corpus and model files note it.
  public static let number = "0.1"

  /// What `--version` prints.
  public static func line(_ program: String) -> String { "\(program) of Passerelle \(number)" }
}
