/// Memory for the activations of one batch: handed out by moving a pointer, given back all at once.
///
/// After the first batches it holds one block as large as the largest batch needed, and allocates no more.
/// Not for use by two threads at a time.
public final class Arena: @unchecked Sendable {
  /// A place to which the arena can be wound back.
  public struct Mark {
    fileprivate let block: Int
    fileprivate let used: Int
  }

  private static let alignment = 64
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var current = 0
  private var used = 0
  private let firstBlock: Int

  /// - Parameter capacity: bytes of the first block, none of which the system gives before something is written there.
  public init(capacity: Int = 1 << 26) {
    firstBlock = capacity
  }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// All bytes that the arena holds.
  public var capacity: Int { blocks.reduce(0) { $0 + $1.count } }

  /// Room for `count` values, aligned to 64 bytes, with whatever stood there before.
  func allocate<Element>(_ type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = (count * MemoryLayout<Element>.stride + Self.alignment - 1) / Self.alignment * Self.alignment
    while current < blocks.count, used + bytes > blocks[current].count {
      current += 1
      used = 0
    }
    if current == blocks.count {
      let size = max(bytes, max(firstBlock, blocks.last.map { $0.count * 2 } ?? 0))
      blocks.append(Self.block(size))
      used = 0
    }
    let pointer = (blocks[current].baseAddress! + used).bindMemory(to: Element.self, capacity: max(count, 1))
    used += bytes
    return pointer
  }

  /// Gives everything back. Pointers handed out before must not be used after.
  public func reset() {
    if blocks.count > 1 {
      let total = capacity
      for block in blocks { block.deallocate() }
      blocks = [Self.block(total)]
    }
    current = 0
    used = 0
  }

  private static func block(_ size: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: LargeMemory.allocate(UInt8.self, size), count: size)
  }

  /// The present place, for ``release(to:)``.
  public func mark() -> Mark { Mark(block: current, used: used) }

  /// Gives back what was handed out after `mark`.
  public func release(to mark: Mark) {
    current = mark.block
    used = mark.used
  }
}
