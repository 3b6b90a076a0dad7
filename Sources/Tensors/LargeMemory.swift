#if canImport(Glibc)
  import Glibc
#endif

/// Memory of the arrays that a model is made of.
///
/// Where the system has pages of 2 MiB, large arrays ask for them: making 25 MiB of ordinary pages takes 6,000 faults, a
/// large share of the time in which a model is loaded.
enum LargeMemory {
  private static let hugePage = 1 << 21

  /// Room that nothing is written to yet, aligned for any vector; `deallocate()` gives it back.
  static func allocate<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int)
    -> UnsafeMutablePointer<Element>
  {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = bytes >= hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? hugePage : 64)
    #if canImport(Glibc)
      // Advice alone: where it is not taken, the pages are ordinary ones.
      if isLarge { _ = madvise(memory, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
    return memory.bindMemory(to: type, capacity: max(1, count))
  }
}

/// Room for values that are needed for a moment, used over and over.
public final class ScratchBuffer: @unchecked Sendable {
  /// The values, of which nothing is known at first.
  public let values: UnsafeMutableBufferPointer<Float>

  /// Room for so many values.
  public init(count: Int) {
    values = UnsafeMutableBufferPointer(start: LargeMemory.allocate(Float.self, count), count: count)
  }

  deinit { values.baseAddress?.deallocate() }
}
