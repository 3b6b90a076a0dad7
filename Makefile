## Passerelle: from parallel text to a translator, in one command.
##
##   make pipeline      learn to translate, English to French, from the phrasebook in corpora/phrasebook
##   make test          build everything and run all tests
##
##   make pipeline CORPUS=multi30k            descriptions of photographs; add TRG=de for German
##   make pipeline CORPUS=tatoeba             everyday sentences
##   make pipeline SRC=en TRG=fr TRAIN=path/train DEV=path/dev TEST=path/test
##                                            your own: path/train.en beside path/train.fr, and so on
##   make pipeline SRC=en TRG=fr MEMORY="memory.tmx fr.po"
##                                            a translation memory: TMX, PO and TSV files, or text two by two; pairs to
##                                            validate and to test with are taken out of it
##
##   make build         only build (release)             make lint       check the formatting
##   make install       executables to PREFIX=~/.local   make uninstall  take them away again
##   make install-model the model that `translate` takes when none is named; QUANTIZE=1: with weights in 8 bits
##   make benchmark     measure speed and quality of a trained model (CORPUS= or MODEL= says which)
##                      with PEERS=1 beside PyTorch, see Benchmarks/speed
##   make growth        speed and memory as models, batches and sentences grow, beside the arithmetic of each
##   make quality       what RECIPE is worth: models of SEEDS= (1 2 3), with means, as a table in work/NAME/quality
##   make ablations     one change at a time from RECIPE, EPOCHS= each (10), JOBS= side by side (1), as a table in
##                      work/NAME/ablations
##   make distill       train a student on what TEACHER= (or MODEL) translates, as NAME-student
##   make clean         remove build products and working files; models stay
##   make distclean     remove models, vocabularies and downloads as well
##
## Variables of the pipeline, with what they are when you do not set them:
##   CORPUS             phrasebook, multi30k or tatoeba; phrasebook, or your own where TRAIN, DEV and TEST, or MEMORY, are
##                      set: paths without the language at their end, or files of a translation memory
##   SRC, TRG           the languages: en, fr
##   CORPORA_DIR        folder with multi30k/ and tatoeba-en-fr/; without it they are downloaded
##   NAME               names everything that is made: work/NAME, vocab/NAME.*, models/NAME.model.sqlite; phrasebook for
##                      that, otherwise CORPUS-SRC-TRG
##   MODEL              the model file: models/NAME.model.sqlite
##   RECIPE             recipes/CORPUS-SRC-TRG.yaml or CORPUS-TRG-SRC.yaml, else recipes/CORPUS.yaml: the shape of the
##                      model and how it is trained
##   VOCAB_SIZE         merges of subwords; 4000 for the phrasebook, 8000 otherwise
##   IMPORT_FLAGS, VOCAB_FLAGS, TRAIN_FLAGS, TRANSLATE_FLAGS
##                      more flags for tokenize import, build-vocab, train-seq2seq, translate
##   THREADS            threads to train and translate with; all cores when not set
##
## Every stage leaves a file, so nothing is done twice: interrupt `make pipeline` whenever you like, and the
## same command goes on where it was, training included. A stage whose variables change is done again, but for
## training, which goes on with the same model unless the text or the vocabulary is another: give an experiment a NAME
## of its own.

ifeq ($(filter grouped-target,$(.FEATURES)),)
  $(error This Makefile needs GNU make 4.3 or newer. On macOS: brew install make, then type gmake)
endif

# A recipe stops at its first error, in the middle of a pipe as well, and leaves no half-written target.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

.PHONY: help pipeline setup build test lint benchmark growth quality ablations distill phrasebook
.PHONY: install uninstall install-model clean distclean

help:
	@sed -n 's/^## \{0,1\}//p' Makefile

# --- Set-up and build ---------------------------------------------------------------------------------

EXECUTABLES := tokenize build-vocab train-seq2seq translate score score-model
BIN := .build/release
SWIFT_FLAGS ?=

ifeq ($(shell uname -s),Darwin)
  # Homebrew keeps ICU out of the compiler's way, and its own folder is not searched everywhere.
  BREW := $(or $(HOMEBREW_PREFIX),$(wildcard /opt/homebrew),/usr/local)
  export PKG_CONFIG_PATH := $(BREW)/opt/icu4c/lib/pkgconfig:$(PKG_CONFIG_PATH)
  SWIFT_FLAGS += -Xcc -I$(BREW)/include -Xcc -I$(BREW)/opt/icu4c/include
  SWIFT_FLAGS += -Xlinker -L$(BREW)/lib -Xlinker -L$(BREW)/opt/icu4c/lib
endif

# Package.swift says what this is for. Toolchains without the libraries for it do without.
ifeq ($(shell uname -s),Linux)
  SWIFT_BIN := $(dir $(realpath $(shell command -v swiftc)))
  STATIC_LIBRARIES := $(SWIFT_BIN)../lib/swift_static/linux/lib_FoundationICU.a \
    $(foreach library,libc.a libm.a libstdc++.a,$(shell $(SWIFT_BIN)clang -print-file-name=$(library) 2>&1))
  export PASSERELLE_STATIC_SCORE := $(if $(filter 4,$(words $(wildcard $(STATIC_LIBRARIES)))),1,0)
endif

SWIFT_BUILD := $(strip swift build --configuration release $(SWIFT_FLAGS))

setup:
	@scripts/setup

# The stamp spares a pipeline that is up to date the seconds that `swift build` takes to find that out.
BUILT := .build/passerelle-built.stamp
PACKAGE_FILES := Package.swift $(shell find Sources corpora/phrasebook/Generator Benchmarks/Products -type f 2>/dev/null)

build: $(BUILT)

# Its time is that of the beginning: a file that is changed while the build goes on is younger.
$(BUILT): $(PACKAGE_FILES) | setup
	@mkdir -p $(@D) && touch $@.part
	$(SWIFT_BUILD)
	@mv $@.part $@

test: setup
	$(SWIFT_BUILD) --build-tests
	@swift test --configuration release --skip-build $(SWIFT_FLAGS) 2>&1 | tee .build/tests.log || { \
	  echo; echo "What failed (all of the output is in .build/tests.log):"; \
	  grep -aE 'recorded an issue|[Ff]atal error|unexpected signal' .build/tests.log | cut -c 1-400 | tail -n 12; \
	  exit 1; }

lint:
	swift format lint --strict --recursive --parallel $(wildcard Sources Tests corpora Benchmarks) Package.swift
	@if command -v shellcheck >/dev/null; then \
	  shellcheck $(wildcard scripts/* .ci/run) $(filter-out Benchmarks/Products %.md %.svg %.awk,$(wildcard Benchmarks/*)); \
	fi

phrasebook: $(BUILT)
	$(BIN)/generate-phrasebook corpora/phrasebook

# --- Which corpus -------------------------------------------------------------------------------------

# Names this short may mean something else in the environment (on WSL, NAME is the computer's): only the
# command line sets them.
$(foreach variable,CORPUS NAME SRC TRG TRAIN DEV TEST MEMORY RECIPE MODEL THREADS,\
  $(if $(filter environment,$(origin $(variable))),$(eval undefine $(variable))))

SRC ?= en
TRG ?= fr
CORPORA_DIR ?=
ifndef CORPUS
  CORPUS := $(if $(TRAIN)$(DEV)$(TEST)$(MEMORY),own,phrasebook)
endif
VOCAB_SIZE ?= $(if $(filter phrasebook,$(CORPUS)),4000,8000)

# $(call folder_of,NAME): the local copy of a public corpus, or where it is downloaded to
folder_of = $(if $(CORPORA_DIR),$(CORPORA_DIR:/=)/$(1),corpora/downloads/$(1))

ifeq ($(CORPUS),phrasebook)
  TRAIN ?= corpora/phrasebook/train
  DEV ?= corpora/phrasebook/dev
  TEST ?= corpora/phrasebook/test
  LANGUAGES := en fr
  # Links of test.en to test.fr, known from the grammar that made the sentences.
  GOLD_ALIGNMENT := $(if $(filter en-fr,$(SRC)-$(TRG)),corpora/phrasebook/test.align)
else ifeq ($(CORPUS),multi30k)
  TRAIN ?= $(call folder_of,multi30k)/train
  DEV ?= $(call folder_of,multi30k)/val
  TEST ?= $(call folder_of,multi30k)/test_2016_flickr
  LANGUAGES := en fr de
else ifeq ($(CORPUS),tatoeba)
  TRAIN ?= $(call folder_of,tatoeba-en-fr)/train
  DEV ?= $(call folder_of,tatoeba-en-fr)/dev
  TEST ?= $(call folder_of,tatoeba-en-fr)/test
  LANGUAGES := en fr
else ifeq ($(CORPUS),own)
  LANGUAGES := $(SRC) $(TRG)
else
  $(error CORPUS=$(CORPUS) is not known: phrasebook, multi30k, tatoeba, or TRAIN=, DEV= and TEST= for your own)
endif

PAIR := $(SRC)-$(TRG)
NAME ?= $(if $(filter phrasebook:en-fr,$(CORPUS):$(PAIR)),phrasebook,$(CORPUS)-$(PAIR))
# The recipe for this pair of languages, or for its other direction, or for any.
RECIPE ?= $(firstword $(wildcard recipes/$(CORPUS)-$(PAIR).yaml recipes/$(CORPUS)-$(TRG)-$(SRC).yaml) \
  recipes/$(CORPUS).yaml)

ifdef MEMORY
  ifneq ($(CORPUS)$(TRAIN)$(DEV)$(TEST),own)
    $(error MEMORY= is a corpus by itself; leave CORPUS=, TRAIN=, DEV= and TEST= out)
  endif
  # Its splits, as text where they are needed.
  TRAIN := work/$(NAME)/train
  DEV := work/$(NAME)/dev
  TEST := work/$(NAME)/test
  TEXTS := $(MEMORY)
else
  TEXTS := $(foreach set,$(TRAIN) $(DEV) $(TEST),$(set).$(SRC) $(set).$(TRG))
endif

COMMA := ,

# What is wrong with the variables is said before anything is built.
ifneq ($(filter pipeline,$(MAKECMDGOALS)),)
  ifeq ($(SRC),$(TRG))
    $(error SRC and TRG are both $(SRC); a translator needs two languages)
  endif
  ifneq ($(filter-out $(LANGUAGES),$(SRC) $(TRG)),)
    $(error CORPUS=$(CORPUS) has these languages: $(LANGUAGES). SRC=$(SRC) TRG=$(TRG) asks for another)
  endif
  ifneq ($(words $(TRAIN) $(DEV) $(TEST)),3)
    $(error Your own corpus needs TRAIN=, DEV= and TEST=, each the path of two files without the language at \
      their end, with no space in it: TRAIN=data/train means data/train.$(SRC) and data/train.$(TRG). Or it needs \
      MEMORY=, the paths of TMX, PO or TSV files)
  endif
  MISSING_TEXTS := $(filter-out corpora/downloads/%,$(filter-out $(wildcard $(TEXTS)),$(TEXTS)))
  ifneq ($(MISSING_TEXTS),)
    $(error These files are missing: $(MISSING_TEXTS). A path here has no space in it$(if $(findstring ~,$(MISSING_TEXTS)),$(COMMA) and $(HOME) in the place of ~))
  endif
  ifeq ($(wildcard $(RECIPE)),)
    $(error There is no recipe $(or $(RECIPE),recipes/$(CORPUS)-$(PAIR).yaml); name one with RECIPE=, such as \
      RECIPE=recipes/own.yaml)
  endif
endif

# Public corpora that are not in a local folder. Each file is checked against its SHA-256.
corpora/downloads/multi30k/%:
	@scripts/download-corpus multi30k $(@D) $(@F)

TATOEBA := corpora/downloads/tatoeba-en-fr
$(foreach set,train dev test,$(TATOEBA)/$(set).en $(TATOEBA)/$(set).fr) &:
	@scripts/download-corpus tatoeba-en-fr $(TATOEBA) $(notdir $(filter $(TATOEBA)/%,$(TEXTS)))

# --- The stages ---------------------------------------------------------------------------------------

WORK := work/$(NAME)
DB := $(WORK)/$(NAME).corpus.sqlite
VOCAB := vocab/$(NAME)
MODEL ?= models/$(NAME).model.sqlite

# Paths stand in lines of shell as they are.
MARKS := ' " & ; ( ) < > | ` $$
$(foreach variable,NAME MODEL RECIPE SRC TRG TRAIN DEV TEST CORPORA_DIR,\
  $(if $(word 2,$($(variable))),$(error $(variable)=$($(variable)): there can be no space in it)))
$(foreach variable,NAME MODEL RECIPE SRC TRG TRAIN DEV TEST CORPORA_DIR MEMORY,$(foreach mark,$(MARKS),\
  $(if $(findstring $(mark),$($(variable))),\
    $(error $(variable)=$($(variable)): there can be no $(mark) in it; rename the file, or make a link to it))))

WORKER_FLAGS := $(if $(THREADS),--workers $(THREADS))
THREAD_FLAGS := $(if $(THREADS),--threads $(THREADS))
IMPORT = $(strip $(BIN)/tokenize import --db $(DB) --source-lang $(SRC) --target-lang $(TRG) $(IMPORT_FLAGS))
TRANSLATE = $(strip $(BIN)/translate -m $(MODEL) $(THREAD_FLAGS) $(TRANSLATE_FLAGS))

# A database is written to by the stages that read it, so its own time says nothing: a stamp stands for "this
# stage was finished". $(call unless_exists,FILE) lets a stage run again when what it made is gone.
unless_exists = $(if $(wildcard $(1)),,missing-file)
# What build-vocab may write.
VOCAB_FILES := $(sort $(foreach side,. .$(SRC). .$(TRG).,$(VOCAB)$(side)codes $(VOCAB)$(side)vocab))
# $(call unless_trained,MODEL) ends a stage that would move or copy a model under a training.
unless_trained = lock="$(or $(realpath $(1)),$(1)).lock"; \
  if [[ -s $$lock ]] && ps -p "$$(< "$$lock")" -o command= 2> /dev/null | grep -q train-seq2seq; then \
  echo "$(1) is being trained by process $$(< "$$lock"); wait for it or stop it, then try again" >&2; exit 74; fi
.PHONY: missing-file
missing-file:

# The variables that a stage depends on, each in a file that is written when they are others than those it holds.
$(WORK)/import.settings: SETTINGS = $(SRC) $(TRG) $(or $(MEMORY),$(TRAIN) $(DEV) $(TEST)) $(IMPORT_FLAGS)
$(WORK)/vocabulary.settings: SETTINGS = $(VOCAB_SIZE) $(VOCAB_FLAGS)
$(WORK)/training.settings: SETTINGS = $(MODEL) $(RECIPE) $(TRAIN_FLAGS)
$(WORK)/translation.settings: SETTINGS = $(TEST) $(TRANSLATE_FLAGS)
$(WORK)/%.settings: missing-file
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(strip $(SETTINGS)))' > $@.part
	@if cmp -s $@.part $@; then rm $@.part; else mv $@.part $@; fi

IMPORTED := $(WORK)/imported.stamp
VOCABULARY := $(WORK)/vocabulary.stamp
TRAINED := $(WORK)/trained.stamp

stage = @printf '\n== %s\n' "$(1)" >&2

# 1. Text to corpus database. An import that was interrupted begins anew.
$(IMPORTED): $(TEXTS) $(WORK)/import.settings $(call unless_exists,$(DB)) | $(BUILT)
	$(call stage,1/5 Importing the corpus into $(DB))
	@mkdir -p $(WORK)
	@rm -f $(DB) $(DB)-wal $(DB)-shm
ifdef MEMORY
	$(IMPORT) --split train $(MEMORY)
	$(BIN)/tokenize hold-out --db $(DB)
else
	$(IMPORT) --split train $(TRAIN).$(SRC) $(TRAIN).$(TRG)
	$(IMPORT) --split dev $(DEV).$(SRC) $(DEV).$(TRG)
	$(IMPORT) --split test $(TEST).$(SRC) $(TEST).$(TRG)
endif
	@touch $@

ifdef MEMORY
define EXPORTED
$(WORK)/$(1).$(SRC) $(WORK)/$(1).$(TRG) &: $(IMPORTED)
	@$(BIN)/tokenize export --db $(DB) --split $(1) $(WORK)/$(1).$(SRC) $(WORK)/$(1).$(TRG) --quiet
endef
$(foreach set,train dev test,$(eval $(call EXPORTED,$(set))))
endif

# 2. Corpus database to subword vocabulary.
$(VOCABULARY): $(IMPORTED) $(WORK)/vocabulary.settings $(call unless_exists,$(VOCAB_FILES)) | $(BUILT)
	$(call stage,2/5 Building a vocabulary of $(VOCAB_SIZE) subwords)
	@mkdir -p $(dir $(VOCAB))
	$(strip $(BIN)/build-vocab --db $(DB) --size $(VOCAB_SIZE) --output $(VOCAB) $(VOCAB_FLAGS))
	@touch $@

# 3. Training. A model that has learnt from other pairs, or with another vocabulary, is set aside, beside those that were
# set aside before; of a model that is not known to this folder, train-seq2seq itself says whether it can be gone on with.
$(TRAINED): $(VOCABULARY) $(RECIPE) $(WORK)/training.settings $(call unless_exists,$(MODEL)) | $(BUILT)
	$(call stage,3/5 Training $(MODEL); interrupt when you like: the same command goes on from there)
	@mkdir -p $(dir $(MODEL))
	@for split in train dev; do \
	  $(BIN)/tokenize export --db $(DB) --split $$split $(WORK)/$$split.1.part $(WORK)/$$split.2.part --quiet; \
	done
	@{ cat $(WORK)/train.[12].part $(WORK)/dev.[12].part; \
	  for file in $(VOCAB_FILES); do if [[ -e $$file ]]; then cat $$file; fi; done; } | cksum > $(WORK)/data.part
	@rm -f $(WORK)/train.[12].part $(WORK)/dev.[12].part
	@$(call unless_trained,$(MODEL))
	@if [[ -e $(MODEL) && -e $(WORK)/learnt-from && "$$(< $(WORK)/learnt-from)" == "$(MODEL) "* && \
	  "$$(< $(WORK)/learnt-from)" != "$(MODEL) $$(< $(WORK)/data.part)" ]]; then \
	  old="$(MODEL).old"; number=2; \
	  while [[ -e $$old ]]; do old="$(MODEL).old-$$number"; number=$$((number + 1)); done; \
	  for suffix in -wal -shm ''; do \
	    if [[ -e "$(MODEL)$$suffix" ]]; then mv "$(MODEL)$$suffix" "$$old$$suffix"; fi; \
	  done; \
	  echo "The model of the earlier corpus is now $$old" >&2; \
	fi
	@printf '%s %s\n' $(MODEL) "$$(< $(WORK)/data.part)" > $(WORK)/learnt-from && rm $(WORK)/data.part
	$(strip $(BIN)/train-seq2seq --db $(DB) --model $(MODEL) --config $(RECIPE) $(WORKER_FLAGS) $(TRAIN_FLAGS))
	@touch $@

# 4. Translation of the test set.
$(WORK)/test.hyp: $(TRAINED) $(TEST).$(SRC) $(WORK)/translation.settings | $(BUILT)
	$(call stage,4/5 Translating $(TEST).$(SRC))
	$(TRANSLATE) < $(TEST).$(SRC) > $@.part
	@mv $@.part $@

# 5. Scores, and pictures of what the decoder looked at.
$(WORK)/scores.txt: $(WORK)/test.hyp $(TEST).$(TRG) | $(BUILT)
	$(call stage,5/5 Scoring)
	$(BIN)/score $(TEST).$(TRG) -i $< -m bleu chrf -w 2 -f text > $@.part
	@mv $@.part $@

$(WORK)/bleu.txt: $(WORK)/test.hyp $(TEST).$(TRG) | $(BUILT)
	@$(BIN)/score $(TEST).$(TRG) -i $< -m bleu -w 2 -b > $@.part
	@mv $@.part $@

# A dozen test sentences of readable length; the first dozen where none is, or words have no spaces between them.
$(WORK)/examples.$(SRC): $(TEST).$(SRC) $(WORK)/translation.settings
	@mkdir -p $(WORK)
	@awk 'NF >= 5 && NF <= 16 && shown < 12 { print; shown++ } NF && first < 12 { others[first++] = $$0 } \
	  END { for (line = 0; !shown && line < first; line++) print others[line] }' $< > $@.part
	@mv $@.part $@

$(WORK)/alignments.html: $(WORK)/examples.$(SRC) $(TRAINED) $(WORK)/translation.settings | $(BUILT)
	@$(TRANSLATE) --html $@.part < $< > /dev/null || { [[ $$? == 78 ]] && printf '%s\n' '<!DOCTYPE html>' \
	  '<title>Word alignments</title>' '<p>This model has no attention, so there are no alignments to draw.</p>' > $@.part; }
	@mv $@.part $@

# The reference translations, forced through the decoder, so that links can be held against the gold ones.
$(WORK)/test.links: $(TRAINED) $(TEST).$(SRC) $(TEST).$(TRG) $(WORK)/translation.settings | $(BUILT)
	$(TRANSLATE) --force-decode $(TEST).$(TRG) --alignment hard < $(TEST).$(SRC) > $@.part || \
	  { [[ $$? == 78 ]] && : > $@.part; }  # a model without attention has no links
	@mv $@.part $@

$(WORK)/aer.txt: $(WORK)/test.links $(GOLD_ALIGNMENT) | $(BUILT)
	@if [[ -s $< ]]; then $(BIN)/score aer $(GOLD_ALIGNMENT) -i $< -b; else echo "no alignments"; fi > $@.part
	@mv $@.part $@

RESULTS := $(WORK)/scores.txt $(WORK)/bleu.txt $(WORK)/alignments.html $(if $(GOLD_ALIGNMENT),$(WORK)/aer.txt)

# A sentence of the kind that the corpus is made of, to try the model with.
EXAMPLE_phrasebook_en := My sister bought three red motorbikes.
EXAMPLE_phrasebook_fr := Ma sœur a acheté trois motos rouges.
EXAMPLE_multi30k_en := Two dogs are playing in the snow.
EXAMPLE_tatoeba_en := Where did you buy this bread?
EXAMPLE_tatoeba_fr := Où as-tu acheté ce pain ?
EXAMPLE := $(or $(EXAMPLE_$(CORPUS)_$(SRC)),...)

pipeline: $(RESULTS)
	@printf '\n%s\n\n' "Passerelle has learnt to translate $(SRC) to $(TRG), from $(if $(filter own,$(CORPUS)),$(or $(MEMORY),$(TRAIN).*),the corpus $(CORPUS))."
	@printf '  %-22s %s\n' "Model" "$(MODEL)"
	@printf '  %-22s %s   (%s)\n' "BLEU, test set" "$$(cat $(WORK)/bleu.txt)" "details: $(WORK)/scores.txt"
	@if [[ -n "$(GOLD_ALIGNMENT)" ]]; then \
	  printf '  %-22s %s\n' "Alignment error rate" "$$(cat $(WORK)/aer.txt)"; \
	fi
	@printf '  %-22s %s\n' "Pictures of alignments" "$(WORK)/alignments.html" "Test translations" "$(WORK)/test.hyp"
	@printf '\n%s\n' "One of the test sentences:"
	@printf '  %-10s %s\n' source "$$(sed -n 1p $(TEST).$(SRC))" model "$$(sed -n 1p $(WORK)/test.hyp)" \
	  reference "$$(sed -n 1p $(TEST).$(TRG))"
	@printf '\n%s\n\n' "Translate a sentence of your own:"
	@printf '  %s\n' 'echo "$(EXAMPLE)" | $(BIN)/translate -m $(MODEL)'
	@printf '\n%s\n\n' "Make it the model that \`translate\` takes when none is named, and put \`translate\` on the path:"
	@printf '  %s\n\n' 'make install install-model MODEL=$(MODEL)'


# --- Installation, measuring, cleaning ----------------------------------------------------------------

PREFIX ?= $(HOME)/.local
# Not every shell puts the home folder into an argument PREFIX=~/x.
override PREFIX := $(patsubst ~/%,$(HOME)/%,$(PREFIX))
DESTDIR ?=
TO := $(DESTDIR)$(PREFIX)
BASH_COMPLETIONS := $(TO)/share/bash-completion/completions
ZSH_COMPLETIONS := $(TO)/share/zsh/site-functions
FISH_COMPLETIONS := $(TO)/share/fish/vendor_completions.d
USER_MODEL := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/passerelle/default.model.sqlite

install: $(BUILT)
	@mkdir -p "$(TO)/bin" "$(BASH_COMPLETIONS)" "$(ZSH_COMPLETIONS)" "$(FISH_COMPLETIONS)"
	@for tool in $(EXECUTABLES); do \
	  install -m 755 $(BIN)/$$tool "$(TO)/bin/$$tool"; \
	  $(BIN)/$$tool --generate-completion-script bash > "$(BASH_COMPLETIONS)/$$tool"; \
	  $(BIN)/$$tool --generate-completion-script zsh > "$(ZSH_COMPLETIONS)/_$$tool"; \
	  $(BIN)/$$tool --generate-completion-script fish > "$(FISH_COMPLETIONS)/$$tool.fish"; \
	done
	@echo "Installed $(EXECUTABLES) in $(TO)/bin, with completions for bash, zsh and fish."
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; \
	  *) echo "That folder is not on your PATH yet: export PATH=\"$(PREFIX)/bin:\$$PATH\"" ;; esac

uninstall:
	@for tool in $(EXECUTABLES); do \
	  rm -f "$(TO)/bin/$$tool" "$(BASH_COMPLETIONS)/$$tool" \
	    "$(ZSH_COMPLETIONS)/_$$tool" "$(FISH_COMPLETIONS)/$$tool.fish"; \
	done
	@echo "Removed $(EXECUTABLES) from $(TO)/bin."

# Through a file beside it and a rename: a `translate` that is running keeps the model it has open. Where a training was
# killed, its log is copied too, and reading the copy folds it in.
# QUANTIZE=1 installs what `translate --quantize` makes of it: an eighth of the size, and at work sooner.
QUANTIZE ?=
override QUANTIZE := $(filter-out 0 no,$(QUANTIZE))
install-model: $(BUILT)
	@[[ -e "$(MODEL)" ]] || { \
	  echo "There is no $(MODEL): train it with make pipeline, or name one with MODEL=" >&2; exit 66; }
	@mkdir -p "$$(dirname "$(USER_MODEL)")"
	@$(if $(QUANTIZE),,$(call unless_trained,$(MODEL)))
	@rm -f "$(USER_MODEL).part" "$(USER_MODEL).part-wal" "$(USER_MODEL).part-shm"
	@$(if $(QUANTIZE),$(BIN)/translate -m "$(MODEL)" --quantize,cp "$(MODEL)") "$(USER_MODEL).part"
	@if [[ -z "$(QUANTIZE)" && -s "$(MODEL)-wal" ]]; then \
	  cp "$(MODEL)-wal" "$(USER_MODEL).part-wal"; \
	  $(BIN)/translate -m "$(USER_MODEL).part" < /dev/null; \
	  [[ ! -s "$(USER_MODEL).part-wal" ]] || { echo "The log of $(MODEL) could not be folded in" >&2; exit 74; }; \
	fi
	@rm -f "$(USER_MODEL)-wal" "$(USER_MODEL)-shm" "$(USER_MODEL).part-wal" "$(USER_MODEL).part-shm"
	@mv "$(USER_MODEL).part" "$(USER_MODEL)"
	@echo "translate now takes $(USER_MODEL) when no model is named."

# The text that is tokenised, imported and learnt a vocabulary from, where it is there.
benchmark: TEXT = $(call folder_of,tatoeba-en-fr)
benchmark: $(BUILT)
	@Benchmarks/run $(MODEL) $(TEST).$(SRC) $(TEST).$(TRG)
	@echo
	@Benchmarks/speed $(DB) $(MODEL) $(TEST).$(SRC) $(TEST).$(TRG) \
	  $(if $(wildcard $(TEXT)/train.en),$(TEXT)/train.en $(TEXT)/train.fr)

# How speed and memory change as the work grows.
growth: $(VOCABULARY) | $(BUILT)
	@Benchmarks/growth $(DB) $(WORK)/growth

# What a recipe is worth: a model a seed.
SEEDS ?= 1 2 3
quality: $(VOCABULARY) $(TEST).$(SRC) $(TEST).$(TRG) | $(BUILT)
	@Benchmarks/quality $(DB) $(RECIPE) $(WORK)/quality $(TEST).$(SRC) $(TEST).$(TRG) $(SEEDS)

# What each part is worth: trainings of EPOCHS epochs, one change at a time.
EPOCHS ?= 10
ablations: $(VOCABULARY) | $(BUILT)
	@Benchmarks/ablations $(DB) $(RECIPE) $(WORK)/ablations $(EPOCHS)

# Distillation at the level of sequences (Kim and Rush 2016): the teacher's beam search is the student's corpus. The same
# command goes on where it was interrupted.
TEACHER ?= $(MODEL)
STUDENT := $(WORK)/student
$(STUDENT)/train.settings: SETTINGS = $(TEACHER) $(TRAIN) $(TRANSLATE_FLAGS)

$(STUDENT)/train.$(SRC): $(TRAIN).$(SRC) $(STUDENT)/train.settings
	@cp $< $@.part
	@mv $@.part $@

$(STUDENT)/train.$(TRG): $(STUDENT)/train.$(SRC) $(wildcard $(TEACHER)) | $(BUILT)
	@[[ -e "$(TEACHER)" ]] || { \
	  echo "There is no $(TEACHER): train it with make pipeline, or name one with TEACHER=" >&2; exit 66; }
	$(call stage,Translating $(TRAIN).$(SRC) with $(TEACHER))
	$(strip $(BIN)/translate -m $(TEACHER) $(THREAD_FLAGS) $(TRANSLATE_FLAGS)) < $< > $@.part
	@mv $@.part $@

distill: $(STUDENT)/train.$(TRG) $(foreach set,$(DEV) $(TEST),$(set).$(SRC) $(set).$(TRG))
	@$(MAKE) --no-print-directory pipeline CORPUS=own MEMORY= SRC=$(SRC) TRG=$(TRG) TRAIN=$(STUDENT)/train DEV=$(DEV) \
	  TEST=$(TEST) NAME=$(NAME)-student RECIPE=$(RECIPE) VOCAB_SIZE=$(VOCAB_SIZE) \
	  MODEL=models/$(NAME)-student.model.sqlite

clean:
	rm -rf .build work

distclean: clean
	rm -rf models corpora/downloads Package.resolved
	find vocab -type f ! -name README.md -delete
