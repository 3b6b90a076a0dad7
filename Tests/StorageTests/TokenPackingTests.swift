import Foundation
import Storage
import Testing
import Text

@Suite struct TokenPackingTests {
  @Test func givesBackWhatWasPacked() throws {
    let edges: [TokenID] = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, .max]
    for (source, target) in [(edges, [4]), ([], edges), ([], []), ([5, 6], edges.reversed())] {
      let data = try TokenPacking.pack(source: source, target: target)
      let back = try #require(
        TokenPacking.unpack(data, sourceLength: source.count, targetLength: target.count))
      #expect(back.source == source)
      #expect(back.target == target)
    }
  }

  @Test func isSmallForFrequentSymbols() throws {
    #expect(try TokenPacking.pack(source: [4, 127], target: [128, 16_383]).count == 6)
  }

  @Test func refusesNegativeIDs() throws {
    let error = try storageError { _ = try TokenPacking.pack(source: [4], target: [-1]) }
    #expect(error == .invalidValue("the token id -1 is negative"))
  }

  @Test func noticesDamage() {
    let good = Data([5, 0x80, 1])
    #expect(TokenPacking.unpack(good, sourceLength: 1, targetLength: 1)?.target == [128])
    #expect(TokenPacking.unpack(good, sourceLength: 1, targetLength: 2) == nil)
    #expect(TokenPacking.unpack(good, sourceLength: 1, targetLength: 0) == nil)
    #expect(TokenPacking.unpack(good, sourceLength: -1, targetLength: 2) == nil)
    #expect(TokenPacking.unpack(Data([5, 0x80]), sourceLength: 1, targetLength: 1) == nil)
    let tooLarge = Data([0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
    #expect(TokenPacking.unpack(tooLarge, sourceLength: 1, targetLength: 0) == nil)
    let endless = Data([UInt8](repeating: 0x80, count: 20))
    #expect(TokenPacking.unpack(endless, sourceLength: 1, targetLength: 0) == nil)
  }
}
