import CZlib

/// Inflates gzip data (RFC 1952), one member after another.
final class GzipDecoder {
  /// What a call did.
  enum Progress {
    /// All input was used; more is needed.
    case needsInput
    /// The output is full.
    case outputFull
    /// A member ended; what is left of the input follows it.
    case memberEnded
    /// The data is not what zlib can inflate.
    case damaged(String)
  }

  private var stream = z_stream()

  init?() {
    // 15 bits of window, and 16 for gzip's header and checksum.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit { inflateEnd(&stream) }

  /// Makes ready for the next member.
  func reset() { inflateReset(&stream) }

  /// Inflates from `input` to `output`.
  ///
  /// - Returns: how many bytes were used and made, and why it stopped.
  func inflate(
    _ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer
  ) -> (used: Int, made: Int, progress: Progress) {
    stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(input.count)
    stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(output.count)
    let status = CZlib.inflate(&stream, Z_NO_FLUSH)
    let used = input.count - Int(stream.avail_in)
    let made = output.count - Int(stream.avail_out)
    switch status {
    case Z_STREAM_END: return (used, made, .memberEnded)
    case Z_OK, Z_BUF_ERROR: return (used, made, stream.avail_out == 0 ? .outputFull : .needsInput)
    default:
      let message = stream.msg.map { String(cString: $0) } ?? "error \(status) of zlib"
      return (used, made, .damaged(message))
    }
  }
}
