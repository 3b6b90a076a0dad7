// A push parser for XML on top of libxml2, which tells what it meets as it meets it and builds no tree. No libxml2
// header is needed to read this one.
//
// Nothing is ever fetched: no document type, no external entity. An entity that the document declares itself is
// offered to `entity`, which may refuse it.
#ifndef CLIBXML2_H
#define CLIBXML2_H

#include <stddef.h>

typedef struct cxml_parser cxml_parser;

/// What is called while bytes are fed. Text is UTF-8. `prefix` may be NULL. Pointers are valid during the call.
typedef struct {
  /// An attribute of the element that `start` tells of next.
  void (*attribute)(void *context, const char *prefix, const char *name, const char *value, size_t length);
  void (*start)(void *context, const char *name);
  void (*end)(void *context, const char *name);
  void (*text)(void *context, const char *bytes, size_t length);
  /// An entity is declared. `value` is its text, or NULL where it is external, a parameter entity or unparsed.
  /// Returns 0 to refuse it, which also ends the parsing.
  int (*entity)(void *context, const char *name, const char *value);
  /// A reference to an entity that is not declared.
  void (*unknown_entity)(void *context, const char *name);
  /// The first error that XML calls fatal, and its line.
  void (*error)(void *context, const char *message, long line);
} cxml_handlers;

/// A parser of a document whose first bytes (four at least, if it has as many) are given for their encoding to be
/// told; they are fed with this call. NULL when there is no memory.
cxml_parser *cxml_open(const cxml_handlers *handlers, void *context, const char *bytes, size_t length);

/// Feeds bytes; with `is_last`, says that no more will come.
void cxml_feed(cxml_parser *parser, const char *bytes, size_t length, int is_last);

/// The line that the parser is at, from 1.
long cxml_line(const cxml_parser *parser);

/// Makes the parser take no further notice of what it is fed.
void cxml_stop(cxml_parser *parser);

/// Frees a parser.
void cxml_close(cxml_parser *parser);

#endif
