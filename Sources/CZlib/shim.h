// zlib, for gzip-compressed input.
#include <zlib.h>
