// The calls into ICU that the Text room needs, under names that do not change with ICU's version
// (ICU appends its major version to every C symbol). No ICU header is needed to read this one.
//
// Strings are UTF-16 with a length in code units, unless a name says utf8. A function that writes text
// returns the length it needs; when that is more than `capacity`, nothing useful was written and the
// call is to be repeated with a larger buffer. `*error` is 0, or one of ICU's UErrorCode values.
#ifndef CICU_H
#define CICU_H

#include <stdint.h>

typedef enum {
  CICU_NFC = 0,
  CICU_NFKC = 1,
} cicu_normal_form;

/// Writes `source` in a normal form of Unicode (UAX #15).
int32_t cicu_normalize(
    cicu_normal_form form, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error);

/// Writes `source` in lower case by the rules of a language ("tr", "en"; "" for none).
int32_t cicu_lowercase(
    const char *language, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error);

/// Writes `source` in upper case by the rules of a language ("tr", "en"; "" for none).
int32_t cicu_uppercase(
    const char *language, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error);

/// A break iterator (UAX #29). Not to be used by two threads at once.
typedef struct cicu_breaker cicu_breaker;

typedef enum {
  /// Words, by ICU's dictionaries where a script does not part them.
  CICU_WORDS = 0,
  /// Sentences. A locale such as "en@ss=standard" leaves out ends after its language's abbreviations.
  CICU_SENTENCES = 1,
} cicu_break;

/// Opens a break iterator, or returns NULL and sets `*error`.
cicu_breaker *cicu_breaker_open(cicu_break kind, const char *locale, int32_t *error);

/// Writes the byte offsets at which words or sentences end, the end of the text included, and returns their
/// number. There are never more than `length` of them.
int32_t cicu_breaker_find(
    cicu_breaker *breaker, const char *utf8, int32_t length, int32_t *offsets, int32_t capacity,
    int32_t *error);

/// Closes a break iterator.
void cicu_breaker_close(cicu_breaker *breaker);

/// Whether a code point can be joined to another by U+200D in an emoji sequence.
int cicu_is_extended_pictographic(uint32_t scalar);

/// Writes the scripts (ICU's UScriptCode) that CLDR notes for a locale ("ja", "sr-Latn") and returns their
/// number; 0 for a language that it does not know.
int32_t cicu_scripts_of_locale(const char *locale, int32_t *scripts, int32_t capacity, int32_t *error);

/// Writes the language of a locale as ICU's data have it: in lower case, of three letters ("srp") only where there is no
/// code of two ("sr"). Returns its length without the final 0; 0 where it does not fit.
int32_t cicu_language_of_locale(const char *locale, char *language, int32_t capacity);

/// How many locales ICU has data for.
int32_t cicu_locale_count(void);

/// The name of one of them, such as "zh_Hant_TW".
const char *cicu_locale(int32_t index);

/// The English name of a script, such as "Latin", or NULL.
const char *cicu_script_name(int32_t script);

/// How the letters of a text are spread over scripts. Letters that all scripts share are not counted.
typedef struct {
  /// Letters of the scripts that were given.
  int32_t expected;
  /// Latin letters, where Latin was not given.
  int32_t latin;
  /// All other letters.
  int32_t other;
} cicu_letter_counts;

/// Adds the letters of a text to `counts`.
void cicu_count_letters(
    const char *utf8, int32_t length, const int32_t *scripts, int32_t script_count,
    cicu_letter_counts *counts);

/// The name of an error code, such as "U_MISSING_RESOURCE_ERROR".
const char *cicu_error_name(int32_t error);

#endif
