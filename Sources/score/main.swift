import Console

// `score REFERENCES...` and `score aer GOLD`: the first stands alone so that it is called as sacreBLEU is.
let arguments = FlagNames.processArguments
if arguments.first == "aer" {
  AlignmentCommand.main(Array(arguments.dropFirst()))
} else {
  ScoreCommand.main(arguments)
}
