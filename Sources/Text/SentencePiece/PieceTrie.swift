/// A trie of byte strings with a number each: the children of a node lie side by side, in order.
struct PieceTrie: Sendable {
  /// The root.
  static let root: Int32 = 0

  private var firstEdge: [Int32] = []
  private var labels: [UInt8] = []
  private var children: [Int32] = []
  private var values: [Int32] = []

  /// A trie of the given keys, none of them twice.
  init(_ entries: [(key: String, value: Int)]) {
    let sorted = entries.map { (key: Array($0.key.utf8), value: Int32($0.value)) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    // Nodes in order of their depth, each with the keys that pass through it.
    var queue: [(range: Range<Int>, depth: Int)] = [(0..<sorted.count, 0)]
    var next = 0
    while next < queue.count {
      var (range, depth) = queue[next]
      next += 1
      firstEdge.append(Int32(labels.count))
      var value: Int32 = -1
      if let first = range.first, sorted[first].key.count == depth {
        value = sorted[first].value
        range = (first + 1)..<range.upperBound
      }
      values.append(value)
      while let first = range.first {
        let label = sorted[first].key[depth]
        let end = range.first { sorted[$0].key[depth] != label } ?? range.upperBound
        labels.append(label)
        children.append(Int32(queue.count))
        queue.append((first..<end, depth + 1))
        range = end..<range.upperBound
      }
    }
    firstEdge.append(Int32(labels.count))
  }

  /// The child of a node, `nil` if no key goes on with this byte.
  @inline(__always)
  func child(of node: Int32, _ label: UInt8) -> Int32? {
    var low = Int(firstEdge[Int(node)])
    var high = Int(firstEdge[Int(node) + 1])
    while low < high {
      let middle = (low + high) / 2
      if labels[middle] == label { return children[middle] }
      if labels[middle] < label { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The number of the key that ends at a node, or -1.
  @inline(__always)
  func value(at node: Int32) -> Int32 { values[Int(node)] }

  /// The number of a key, if it is one.
  func value(of key: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var node = Self.root
    for index in range {
      guard let child = child(of: node, key[index]) else { return nil }
      node = child
    }
    return values[Int(node)] < 0 ? nil : Int(values[Int(node)])
  }

  /// The length of the longest key that the text at an index begins with.
  func longestPrefix(of text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    var node = Self.root
    var found: Int?
    for index in start..<text.count {
      guard let child = child(of: node, text[index]) else { break }
      node = child
      if values[Int(node)] >= 0 { found = index + 1 - start }
    }
    return found
  }
}
