import Foundation

/// What this process has taken of the machine's memory.
public enum ProcessMemory {
  /// The most memory that it has held at once, in bytes: getrusage(2), `ru_maxrss`.
  public static var peak: Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #endif
  }

  /// The same for people: `peak memory 812 MB`.
  public static var report: String { "peak memory \(peak / 1_000_000) MB" }
}
