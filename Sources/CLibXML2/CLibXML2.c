#include "CLibXML2.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct cxml_parser {
  cxml_handlers handlers;
  void *context;
  xmlParserCtxtPtr libxml;
  int has_failed;
};

// libxml2's own handlers for documents and entities expect its parser as their context, ours is the wrapper.
static void start_document(void *context) { xmlSAX2StartDocument(((cxml_parser *)context)->libxml); }

static void internal_subset(
    void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
  xmlSAX2InternalSubset(((cxml_parser *)context)->libxml, name, public_id, system_id);
}

static xmlEntityPtr get_entity(void *context, const xmlChar *name) {
  return xmlSAX2GetEntity(((cxml_parser *)context)->libxml, name);
}

static void entity_declaration(
    void *context, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
    xmlChar *content) {
  cxml_parser *parser = context;
  int is_plain = type == XML_INTERNAL_GENERAL_ENTITY && content != NULL && system_id == NULL;
  if (parser->handlers.entity(parser->context, (const char *)name, is_plain ? (const char *)content : NULL)) {
    xmlSAX2EntityDecl(parser->libxml, name, type, public_id, system_id, content);
  } else {
    cxml_stop(parser);
  }
}

static void unparsed_entity(
    void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id,
    const xmlChar *notation) {
  (void)public_id, (void)system_id, (void)notation;
  cxml_parser *parser = context;
  parser->handlers.entity(parser->context, (const char *)name, NULL);
  cxml_stop(parser);
}

static xmlParserInputPtr refuse_to_fetch(void *context, const xmlChar *public_id, const xmlChar *system_id) {
  (void)context, (void)public_id, (void)system_id;
  return NULL;
}

static void unknown_entity(void *context, const xmlChar *name) {
  cxml_parser *parser = context;
  // libxml2 tells of declared ones too, after it has given their text.
  if (get_entity(context, name) != NULL) return;
  parser->handlers.unknown_entity(parser->context, (const char *)name);
  cxml_stop(parser);
}

static void start_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
  (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted_count;
  cxml_parser *parser = context;
  for (int i = 0; i < attribute_count; i++) {
    // Local name, prefix, namespace, beginning and end of the value.
    const xmlChar **attribute = attributes + 5 * i;
    parser->handlers.attribute(
        parser->context, (const char *)attribute[1], (const char *)attribute[0], (const char *)attribute[3],
        (size_t)(attribute[4] - attribute[3]));
  }
  parser->handlers.start(parser->context, (const char *)name);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)prefix, (void)uri;
  cxml_parser *parser = context;
  parser->handlers.end(parser->context, (const char *)name);
}

static void characters(void *context, const xmlChar *bytes, int length) {
  cxml_parser *parser = context;
  if (length > 0) parser->handlers.text(parser->context, (const char *)bytes, (size_t)length);
}

// The error is `const` since libxml2 2.12; taking it as `void *` serves both.
static void failure(void *context, const void *details) {
  cxml_parser *parser = context;
  const xmlError *error = details;
  if (error == NULL || error->level != XML_ERR_FATAL || parser->has_failed) return;
  parser->has_failed = 1;
  parser->handlers.error(
      parser->context, error->message != NULL ? error->message : "not well-formed", (long)error->line);
}

cxml_parser *cxml_open(const cxml_handlers *handlers, void *context, const char *bytes, size_t length) {
  xmlInitParser();
  cxml_parser *parser = calloc(1, sizeof *parser);
  if (parser == NULL) return NULL;
  parser->handlers = *handlers;
  parser->context = context;
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startDocument = start_document;
  sax.internalSubset = internal_subset;
  sax.getEntity = get_entity;
  sax.entityDecl = entity_declaration;
  sax.unparsedEntityDecl = unparsed_entity;
  sax.resolveEntity = refuse_to_fetch;
  sax.reference = unknown_entity;
  sax.startElementNs = start_element;
  sax.endElementNs = end_element;
  sax.characters = characters;
  sax.ignorableWhitespace = characters;
  sax.cdataBlock = characters;
  sax.serror = (xmlStructuredErrorFunc)failure;
  // The parser's context is set before anything is fed, since its handlers need it.
  size_t head = length < 4 ? length : 4;
  parser->libxml = xmlCreatePushParserCtxt(&sax, parser, bytes, (int)head, NULL);
  if (parser->libxml == NULL) {
    free(parser);
    return NULL;
  }
  xmlCtxtUseOptions(parser->libxml, XML_PARSE_NONET);
  cxml_feed(parser, bytes + head, length - head, 0);
  return parser;
}

void cxml_feed(cxml_parser *parser, const char *bytes, size_t length, int is_last) {
  while (length > INT_MAX / 2) {
    xmlParseChunk(parser->libxml, bytes, INT_MAX / 2, 0);
    bytes += INT_MAX / 2;
    length -= INT_MAX / 2;
  }
  if (length > 0 || is_last) xmlParseChunk(parser->libxml, bytes, (int)length, is_last);
}

long cxml_line(const cxml_parser *parser) { return (long)xmlSAX2GetLineNumber(parser->libxml); }

void cxml_stop(cxml_parser *parser) {
  parser->has_failed = 1;
  xmlStopParser(parser->libxml);
}

void cxml_close(cxml_parser *parser) {
  if (parser == NULL) return;
  if (parser->libxml->myDoc != NULL) xmlFreeDoc(parser->libxml->myDoc);
  parser->libxml->myDoc = NULL;
  xmlFreeParserCtxt(parser->libxml);
  free(parser);
}
