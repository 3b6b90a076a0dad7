#include "CICU.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

// A buffer that is too small is reported through the returned length, not as an error.
static int32_t finish(UErrorCode status, int32_t *error) {
  int harmless = status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status);
  return *error = harmless ? 0 : (int32_t)status;
}

int32_t cicu_normalize(
    cicu_normal_form form, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer =
      form == CICU_NFKC ? unorm2_getNFKCInstance(&status) : unorm2_getNFCInstance(&status);
  int32_t needed = 0;
  if (U_SUCCESS(status)) {
    needed = unorm2_normalize(
        normalizer, (const UChar *)source, length, (UChar *)target, capacity, &status);
  }
  finish(status, error);
  return needed;
}

int32_t cicu_lowercase(
    const char *language, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = u_strToLower(
      (UChar *)target, capacity, (const UChar *)source, length, language, &status);
  finish(status, error);
  return needed;
}

int32_t cicu_uppercase(
    const char *language, const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity,
    int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = u_strToUpper(
      (UChar *)target, capacity, (const UChar *)source, length, language, &status);
  finish(status, error);
  return needed;
}

struct cicu_breaker {
  UBreakIterator *iterator;
  UText text;
};

cicu_breaker *cicu_breaker_open(cicu_break kind, const char *locale, int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  cicu_breaker *breaker = calloc(1, sizeof *breaker);
  if (breaker == NULL) {
    *error = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  breaker->text = (UText)UTEXT_INITIALIZER;
  breaker->iterator = ubrk_open(kind == CICU_WORDS ? UBRK_WORD : UBRK_SENTENCE, locale, NULL, 0, &status);
  if (finish(status, error) != 0) {
    free(breaker);
    return NULL;
  }
  return breaker;
}

int32_t cicu_breaker_find(
    cicu_breaker *breaker, const char *utf8, int32_t length, int32_t *offsets, int32_t capacity,
    int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&breaker->text, utf8, length, &status);
  ubrk_setUText(breaker->iterator, &breaker->text, &status);
  int32_t count = 0;
  if (U_SUCCESS(status)) {
    ubrk_first(breaker->iterator);
    int32_t offset;
    while (count < capacity && (offset = ubrk_next(breaker->iterator)) != UBRK_DONE) {
      offsets[count++] = offset;
    }
  }
  finish(status, error);
  return count;
}

void cicu_breaker_close(cicu_breaker *breaker) {
  if (breaker == NULL) return;
  ubrk_close(breaker->iterator);
  utext_close(&breaker->text);
  free(breaker);
}

int cicu_is_extended_pictographic(uint32_t scalar) {
  return u_hasBinaryProperty((UChar32)scalar, UCHAR_EXTENDED_PICTOGRAPHIC);
}

int32_t cicu_scripts_of_locale(const char *locale, int32_t *scripts, int32_t capacity, int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode codes[16];
  int32_t found = uscript_getCode(locale, codes, 16, &status);
  if (finish(status, error) != 0) return 0;
  int32_t count = 0;
  for (int32_t i = 0; i < found && i < 16 && count < capacity; i++) scripts[count++] = codes[i];
  return count;
}

int32_t cicu_language_of_locale(const char *locale, char *language, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = uloc_getLanguage(locale, language, capacity, &status);
  return U_SUCCESS(status) && length < capacity ? length : 0;
}

int32_t cicu_locale_count(void) { return uloc_countAvailable(); }

const char *cicu_locale(int32_t index) { return uloc_getAvailable(index); }

const char *cicu_script_name(int32_t script) { return uscript_getName((UScriptCode)script); }

void cicu_count_letters(
    const char *utf8, int32_t length, const int32_t *scripts, int32_t script_count,
    cicu_letter_counts *counts) {
  int latin_is_expected = 0;
  for (int32_t k = 0; k < script_count; k++) latin_is_expected |= scripts[k] == USCRIPT_LATIN;
  int32_t offset = 0;
  while (offset < length) {
    UChar32 c;
    U8_NEXT(utf8, offset, length, c);
    int is_latin;
    int is_expected = 0;
    if (c >= 0 && c < 0x80) {
      if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) continue;
      is_latin = 1;
    } else {
      if (c < 0 || !u_isalpha(c)) continue;
      UErrorCode status = U_ZERO_ERROR;
      UScriptCode script = uscript_getScript(c, &status);
      if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) continue;
      is_latin = script == USCRIPT_LATIN;
      for (int32_t k = 0; k < script_count; k++) is_expected |= scripts[k] == (int32_t)script;
    }
    if (is_expected || (is_latin && latin_is_expected)) {
      counts->expected++;
    } else if (is_latin) {
      counts->latin++;
    } else {
      counts->other++;
    }
  }
}

const char *cicu_error_name(int32_t error) { return u_errorName((UErrorCode)error); }
