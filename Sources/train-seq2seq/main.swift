import Console
import Foundation

// A recipe is a file of flags: its fields stand in the arguments before those that were typed, which win.
do {
  TrainCommand.main(try Recipe.expand(FlagNames.processArguments))
} catch {
  exit(Tool("train-seq2seq").report(error).rawValue)
}
