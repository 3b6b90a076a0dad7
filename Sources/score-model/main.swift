import Console

ScoreModelCommand.main(FlagNames.processArguments)
