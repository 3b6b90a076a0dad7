import Foundation
import Storage
import Testing

/// What the rooms say of files that are not what they should be. Offsets are those of SQLite's file format:
/// `user_version` at 60, `application_id` at 68, both big-endian.
@Suite struct FileKindTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func makeCorpus(_ name: String) throws -> String {
    _ = try CorpusDatabase(creatingOrOpening: folder.path(name), sourceLanguage: "en", targetLanguage: "fr")
    return folder.path(name)
  }

  private func makeModel(_ name: String) throws -> String {
    _ = try ModelDatabase(
      creating: folder.path(name), configuration: Data("{}".utf8), sourceLanguage: "en", targetLanguage: "fr",
      vocabulary: .sample())
    return folder.path(name)
  }

  private func patch(_ name: String, at offset: Int, _ bytes: [UInt8]) throws {
    var content = try folder.bytes(of: name)
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try folder.write(content, to: name)
  }

  @Test func aMissingFileIsSaidToBeMissing() throws {
    let path = folder.path("none.sqlite")
    let expected = StorageError.missingFile(path: path, reason: "No such file or directory")
    #expect(try storageError { _ = try CorpusDatabase(opening: path) } == expected)
    #expect(try storageError { _ = try ModelDatabase(opening: path) } == expected)
    #expect(expected.errorCode == 66)
    #expect(try folder.names.isEmpty)
    let folderError = try storageError { _ = try ModelDatabase(opening: folder.url.path) }
    #expect(folderError == .missingFile(path: folder.url.path, reason: "Is a directory"))
  }

  @Test func aFileOfTextIsNoDatabase() throws {
    let path = try folder.write(String(repeating: "This is a text. ", count: 100), to: "text.sqlite")
    let before = try folder.bytes(of: "text.sqlite")
    #expect(try storageError { _ = try CorpusDatabase(opening: path) } == .notADatabase(path: path))
    #expect(try storageError { _ = try ModelDatabase(opening: path) } == .notADatabase(path: path))
    #expect(
      try storageError {
        _ = try CorpusDatabase(creatingOrOpening: path, sourceLanguage: "en", targetLanguage: "fr")
      } == .notADatabase(path: path))
    #expect(try folder.bytes(of: "text.sqlite") == before)
  }

  @Test func anEmptyFileBecomesACorpusOnlyWhenOneIsMade() throws {
    let path = try folder.write("", to: "empty.sqlite")
    let error = try storageError { _ = try CorpusDatabase(opening: path) }
    #expect(error == .wrongKind(path: path, expected: "corpus", found: "an empty file"))
    _ = try CorpusDatabase(creatingOrOpening: path, sourceLanguage: "en", targetLanguage: "fr")
    #expect(try CorpusDatabase(opening: path).targetLanguage == "fr")
  }

  @Test func corpusAndModelAreNotTakenForEachOther() throws {
    let (corpus, model) = (try makeCorpus("c"), try makeModel("m"))
    let before = try folder.bytes(of: "m")
    #expect(
      try storageError { _ = try ModelDatabase(opening: corpus) }
        == .wrongKind(path: corpus, expected: "model", found: "a corpus database"))
    #expect(
      try storageError { _ = try CorpusDatabase(opening: model) }
        == .wrongKind(path: model, expected: "corpus", found: "a model database"))
    #expect(
      try storageError {
        _ = try CorpusDatabase(creatingOrOpening: model, sourceLanguage: "en", targetLanguage: "fr")
      } == .wrongKind(path: model, expected: "corpus", found: "a model database"))
    #expect(try folder.bytes(of: "m") == before)
    try patch("m", at: 68, [0, 0, 0, 9])
    #expect(
      try storageError { _ = try ModelDatabase(opening: model) }
        == .wrongKind(path: model, expected: "model", found: "a database of another program"))
  }

  @Test func aNewerFormatIsRefused() throws {
    let (corpus, model) = (try makeCorpus("c"), try makeModel("m"))
    try patch("c", at: 60, [0, 0, 0, 5])
    try patch("m", at: 60, [0, 0, 1, 0])
    let error = try storageError { _ = try CorpusDatabase(opening: corpus) }
    #expect(error == .newerFormat(path: corpus, found: 5, supported: 4))
    #expect(error.description.contains("Update the software"))
    #expect(
      try storageError { _ = try ModelDatabase(opening: model, readOnly: false) }
        == .newerFormat(path: model, found: 256, supported: 7))
  }

  @Test func aFileThatWasCutOffIsSaidToBeDamaged() throws {
    let path = try makeCorpus("c")
    let corpus = try CorpusDatabase(opening: path)
    let lines = (0..<2000).map { "line \($0)\tligne \($0)\n" }.joined()
    try corpus.importTSV(path: folder.write(lines, to: "a.tsv"), split: .train)
    // What has reached the file itself, as a copy that was broken off would have it.
    let cut = try folder.write(Array(try folder.bytes(of: "c").prefix(8192)), to: "cut")
    let error = try storageError { _ = try CorpusDatabase(opening: cut, readOnly: true).pairs(split: .train) }
    guard case .corrupted(let named, _) = error else {
      Issue.record("\(error) is not the error of a damaged file")
      return
    }
    #expect(named == cut)
    #expect(error.errorCode == 65)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func aReadOnlyFolderIsEnough() throws {
    let model = try makeModel("m")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: model)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
    }
    #expect(try ModelDatabase(opening: model).sourceLanguage == "en")
    #expect(try folder.names == ["m"])
  }

  @Test func aCorpusWhoseMakingWasInterruptedIsMadeAgain() throws {
    // As after the first transaction: the migrations have their list, and nothing else is there.
    let path = folder.path("c")
    _ = try runSQL("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)", on: path)
    #expect(
      try storageError { _ = try CorpusDatabase(opening: path) }
        == .wrongKind(path: path, expected: "corpus", found: "an empty file"))
    let corpus = try CorpusDatabase(creatingOrOpening: path, sourceLanguage: "en", targetLanguage: "fr")
    #expect(try corpus.count(split: .train) == 0)
  }

  @Test func aModelIsMadeWhereALinkPoints() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("far"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder.path("m"), withDestinationPath: "far/model")
    _ = try makeModel("m")
    #expect(try folder.names == ["far", "m"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("m")) == "far/model")
    #expect(try ModelDatabase(opening: folder.path("far/model")).sourceLanguage == "en")
  }
}
