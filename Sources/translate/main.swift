import Console

TranslateCommand.main(FlagNames.processArguments)
