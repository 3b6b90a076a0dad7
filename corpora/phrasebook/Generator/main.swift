import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first, arguments.count == 1, !path.hasPrefix("-") else {
  FileHandle.standardError.write(Data("usage: generate-phrasebook OUTPUT_DIR\n".utf8))
  exit(64)
}
var sampler = Sampler(author: Author(lexicon: Lexicon(), seed: 1789))
do {
  try Writer(folder: URL(fileURLWithPath: path)).write(sampler.corpus())
} catch {
  let message = "generate-phrasebook: cannot write to “\(path)”: \(error.localizedDescription)\n"
  FileHandle.standardError.write(Data(message.utf8))
  exit(74)
}
