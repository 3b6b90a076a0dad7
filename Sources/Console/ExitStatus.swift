/// What a command line tells its caller: the exit codes of BSD's sysexits.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// All went well (EX_OK).
  case success = 0
  /// The command line was wrong (EX_USAGE).
  case usage = 64
  /// The input was not what it should be (EX_DATAERR).
  case dataError = 65
  /// An input file is missing or can't be read (EX_NOINPUT).
  case noInput = 66
  /// A training whose numbers grew without bound, or a fault of the program itself (EX_SOFTWARE).
  case internalError = 70
  /// A file could not be read or written (EX_IOERR).
  case ioError = 74
  /// A configuration is wrong (EX_CONFIG).
  case configuration = 78
}
