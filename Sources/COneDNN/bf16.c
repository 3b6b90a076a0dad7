// Products in bf16 through oneDNN's matmul primitive. A primitive is machine code for one shape, so each thread keeps
// those it has made: some 350 in a training on Multi30k or Tatoeba, which take about 50 MB.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <oneapi/dnnl/dnnl.h>
#include "COneDNN.h"

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t layout;  // an object that its maker destroys
#define LAYOUT(l) (l)
#define FREE_LAYOUT(l) dnnl_memory_desc_destroy(l)
#else
typedef dnnl_memory_desc_t layout;  // a plain struct
#define LAYOUT(l) (&(l))
#define FREE_LAYOUT(l) (void)(l)
#endif

enum { BUCKETS = 256, MOST_ENTRIES = 2048, USUAL_ROWS = 32 };

/// What an entry of the cache computes.
typedef struct {
  onednn_bf16_shape shape;
  int32_t is_pack;
} cache_key;

typedef struct entry {
  struct entry *next;
  cache_key key;
  dnnl_primitive_t primitive;
  dnnl_memory_t memory[3];
  dnnl_exec_arg_t arguments[3];
  int argument_count;
} entry;

typedef struct {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  entry *buckets[BUCKETS];
  int count;
} context;

static pthread_key_t context_key;
static pthread_once_t context_once = PTHREAD_ONCE_INIT;

static void free_entry(entry *e) {
  if (e->primitive) dnnl_primitive_destroy(e->primitive);
  for (int i = 0; i < 3; i++)
    if (e->memory[i]) dnnl_memory_destroy(e->memory[i]);
  free(e);
}

static void clear(context *c) {
  for (int i = 0; i < BUCKETS; i++) {
    while (c->buckets[i]) {
      entry *next = c->buckets[i]->next;
      free_entry(c->buckets[i]);
      c->buckets[i] = next;
    }
  }
  c->count = 0;
}

static void free_context(void *pointer) {
  context *c = pointer;
  clear(c);
  if (c->stream) dnnl_stream_destroy(c->stream);
  if (c->engine) dnnl_engine_destroy(c->engine);
  free(c);
}

static void make_context_key(void) { pthread_key_create(&context_key, free_context); }

static context *current_context(void) {
  pthread_once(&context_once, make_context_key);
  context *c = pthread_getspecific(context_key);
  if (c) return c;
  c = calloc(1, sizeof(context));
  if (!c) return NULL;
  if (dnnl_engine_create(&c->engine, dnnl_cpu, 0) != dnnl_success ||
      dnnl_stream_create(&c->stream, c->engine, dnnl_stream_default_flags) != dnnl_success) {
    free_context(c);
    return NULL;
  }
  pthread_setspecific(context_key, c);
  return c;
}

static dnnl_status_t make_layout(layout *l, int64_t rows, int64_t columns, dnnl_data_type_t type, int64_t row_stride,
                                 int64_t column_stride) {
  const dnnl_dims_t sizes = {rows, columns}, strides = {row_stride, column_stride};
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_create_with_strides(l, 2, sizes, type, strides);
#else
  return dnnl_memory_desc_init_by_strides(l, 2, sizes, type, strides);
#endif
}

static dnnl_status_t make_any_layout(layout *l, int64_t rows, int64_t columns, dnnl_data_type_t type) {
  const dnnl_dims_t sizes = {rows, columns};
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_create_with_tag(l, 2, sizes, type, dnnl_format_tag_any);
#else
  return dnnl_memory_desc_init_by_tag(l, 2, sizes, type, dnnl_format_tag_any);
#endif
}

static dnnl_status_t make_product(dnnl_primitive_desc_t *made, dnnl_engine_t engine, layout a, layout b, layout c,
                                  int accumulate) {
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_post_ops_t additions = NULL;
  dnnl_status_t status = dnnl_primitive_attr_create(&attributes);
  if (status == dnnl_success && accumulate) {
    status = dnnl_post_ops_create(&additions);
#if DNNL_VERSION_MAJOR >= 3
    if (status == dnnl_success) status = dnnl_post_ops_append_sum(additions, 1.0f, 0, dnnl_data_type_undef);
#else
    if (status == dnnl_success) status = dnnl_post_ops_append_sum(additions, 1.0f);
#endif
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(attributes, additions);
  }
#if DNNL_VERSION_MAJOR >= 3
  if (status == dnnl_success)
    status = dnnl_matmul_primitive_desc_create(made, engine, a, b, NULL, c, attributes);
#else
  dnnl_matmul_desc_t product;
  if (status == dnnl_success) status = dnnl_matmul_desc_init(&product, &a, &b, NULL, &c);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(made, &product, attributes, engine, NULL);
#endif
  if (additions) dnnl_post_ops_destroy(additions);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  return status;
}

static layout copy_layout(const_dnnl_primitive_desc_t description, dnnl_query_t which) {
#if DNNL_VERSION_MAJOR >= 3
  layout copy;
  dnnl_memory_desc_clone(&copy, dnnl_primitive_desc_query_md(description, which, 0));
  return copy;
#else
  return *dnnl_primitive_desc_query_md(description, which, 0);
#endif
}

/// The layout that oneDNN wants for the right side [K, N] of a product, asked with the usual number of rows: one
/// packed matrix then serves every number of rows.
static dnnl_status_t packed_layout(layout *packed, dnnl_engine_t engine, int64_t k, int64_t n) {
  layout a, b, c;
  dnnl_status_t status = make_layout(&a, USUAL_ROWS, k, dnnl_bf16, k, 1);
  if (status != dnnl_success) return status;
  status = make_any_layout(&b, k, n, dnnl_bf16);
  if (status == dnnl_success) status = make_layout(&c, USUAL_ROWS, n, dnnl_f32, n, 1);
  if (status != dnnl_success) return status;
  dnnl_primitive_desc_t description = NULL;
  status = make_product(&description, engine, a, b, c, 0);
  FREE_LAYOUT(a);
  FREE_LAYOUT(b);
  FREE_LAYOUT(c);
  if (status != dnnl_success) return status;
  *packed = copy_layout(description, dnnl_query_weights_md);
  dnnl_primitive_desc_destroy(description);
  return dnnl_success;
}

static void add_argument(entry *e, dnnl_status_t *status, dnnl_engine_t engine, layout l, int place) {
  if (*status != dnnl_success) return;
  const int index = e->argument_count++;
  *status = dnnl_memory_create(&e->memory[index], LAYOUT(l), engine, DNNL_MEMORY_NONE);
  e->arguments[index].arg = place;
  e->arguments[index].memory = e->memory[index];
}

static dnnl_status_t fill_product(context *c, entry *e, const onednn_bf16_shape *s) {
  layout a, b, out;
  dnnl_status_t status = make_layout(&a, s->m, s->k, dnnl_bf16, s->transpose_a ? 1 : s->lda,
                                     s->transpose_a ? s->lda : 1);
  if (status != dnnl_success) return status;
  status = s->packed_b ? packed_layout(&b, c->engine, s->k, s->n)
                       : make_layout(&b, s->k, s->n, dnnl_bf16, s->ldb, 1);
  if (status != dnnl_success) return status;
  status = make_layout(&out, s->m, s->n, dnnl_f32, s->ldc, 1);
  dnnl_primitive_desc_t description = NULL;
  if (status == dnnl_success) status = make_product(&description, c->engine, a, b, out, s->accumulate);
  if (status == dnnl_success) status = dnnl_primitive_create(&e->primitive, description);
  add_argument(e, &status, c->engine, a, DNNL_ARG_SRC);
  add_argument(e, &status, c->engine, b, DNNL_ARG_WEIGHTS);
  add_argument(e, &status, c->engine, out, DNNL_ARG_DST);
  if (description) dnnl_primitive_desc_destroy(description);
  FREE_LAYOUT(a);
  FREE_LAYOUT(b);
  FREE_LAYOUT(out);
  return status;
}

/// A reordering of an f32 matrix into the packed layout. shape->transpose_a says that the source is stored [N, K].
static dnnl_status_t fill_pack(context *c, entry *e, const onednn_bf16_shape *s) {
  layout from, to;
  dnnl_status_t status = make_layout(&from, s->k, s->n, dnnl_f32, s->transpose_a ? 1 : s->n,
                                     s->transpose_a ? s->k : 1);
  if (status != dnnl_success) return status;
  status = packed_layout(&to, c->engine, s->k, s->n);
  if (status != dnnl_success) return status;
  dnnl_primitive_desc_t description = NULL;
  status = dnnl_reorder_primitive_desc_create(&description, LAYOUT(from), c->engine, LAYOUT(to), c->engine, NULL);
  if (status == dnnl_success) status = dnnl_primitive_create(&e->primitive, description);
  add_argument(e, &status, c->engine, from, DNNL_ARG_FROM);
  add_argument(e, &status, c->engine, to, DNNL_ARG_TO);
  if (description) dnnl_primitive_desc_destroy(description);
  FREE_LAYOUT(from);
  FREE_LAYOUT(to);
  return status;
}

static uint64_t hash(const cache_key *key) {
  const onednn_bf16_shape *s = &key->shape;
  const int64_t parts[] = {s->m,   s->n,           s->k,        s->lda,        s->ldb,
                           s->ldc, s->transpose_a, s->packed_b, s->accumulate, key->is_pack};
  uint64_t h = 1469598103934665603u;
  for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) h = (h ^ (uint64_t)parts[i]) * 1099511628211u;
  return h ^ (h >> 29);
}

static int is_same(const cache_key *x, const cache_key *y) {
  const onednn_bf16_shape *a = &x->shape, *b = &y->shape;
  return a->m == b->m && a->n == b->n && a->k == b->k && a->lda == b->lda && a->ldb == b->ldb && a->ldc == b->ldc &&
         a->transpose_a == b->transpose_a && a->packed_b == b->packed_b && a->accumulate == b->accumulate &&
         x->is_pack == y->is_pack;
}

static dnnl_status_t find(context *c, const cache_key *key, entry **found) {
  entry **bucket = &c->buckets[hash(key) % BUCKETS];
  for (entry *e = *bucket; e; e = e->next) {
    if (is_same(&e->key, key)) {
      *found = e;
      return dnnl_success;
    }
  }
  if (c->count >= MOST_ENTRIES) clear(c);
  entry *e = calloc(1, sizeof(entry));
  if (!e) return dnnl_out_of_memory;
  e->key = *key;
  const dnnl_status_t status = key->is_pack ? fill_pack(c, e, &key->shape) : fill_product(c, e, &key->shape);
  if (status != dnnl_success) {
    free_entry(e);
    return status;
  }
  e->next = *bucket;
  *bucket = e;
  c->count++;
  *found = e;
  return dnnl_success;
}

static int run(const cache_key *key, void *const *data) {
  context *c = current_context();
  if (!c) return (int)dnnl_out_of_memory;
  entry *e;
  dnnl_status_t status = find(c, key, &e);
  for (int i = 0; status == dnnl_success && i < e->argument_count; i++)
    status = dnnl_memory_set_data_handle(e->memory[i], data[i]);
  if (status == dnnl_success) status = dnnl_primitive_execute(e->primitive, c->stream, e->argument_count, e->arguments);
  if (status == dnnl_success) status = dnnl_stream_wait(c->stream);
  return (int)status;
}

int onednn_has_bf16(void) {
#if defined(__x86_64__)
  // The bits of oneDNN's values stand for instruction sets; AMX's includes AVX-512 BF16's.
  const int isa = (int)dnnl_get_effective_cpu_isa();
  const int wanted = (int)dnnl_cpu_isa_avx512_core_bf16;
  return (isa & wanted) == wanted;
#else
  return 0;
#endif
}

int onednn_bf16_product(const onednn_bf16_shape *shape, const uint16_t *a, const uint16_t *b, float *c) {
  const cache_key key = {.shape = *shape, .is_pack = 0};
  void *const data[] = {(void *)a, (void *)b, c};
  return run(&key, data);
}

size_t onednn_bf16_packed_size(int64_t k, int64_t n) {
  context *c = current_context();
  layout packed;
  if (!c || packed_layout(&packed, c->engine, k, n) != dnnl_success) return 0;
  const size_t size = dnnl_memory_desc_get_size(LAYOUT(packed));
  FREE_LAYOUT(packed);
  return size;
}

int onednn_bf16_is_paired(int64_t k, int64_t n, int64_t width, int64_t multiple) {
  context *c = current_context();
  layout packed;
  if (!c || packed_layout(&packed, c->engine, k, n) != dnnl_success) return 0;
  const int64_t rows = (k + multiple - 1) / multiple * multiple, columns = (n + width - 1) / width * width;
  // Blocks of `multiple` rows and `width` columns: in each, pairs of rows, columns, the two of a pair. The blocks of a
  // panel follow each other.
  const dnnl_dim_t sizes[] = {multiple / 2, width, 2}, strides[] = {multiple * width, rows * width};
  const dnnl_dim_t places[] = {0, 1, 0};
#if DNNL_VERSION_MAJOR >= 3
  // Lists are answered by pointers into the description.
  int count = 0;
  const dnnl_dims_t *all_sizes = NULL, *all_places = NULL, *all_strides = NULL;
  int is_known = dnnl_memory_desc_query(packed, dnnl_query_inner_nblks_s32, &count) == dnnl_success && count == 3 &&
                 dnnl_memory_desc_query(packed, dnnl_query_inner_blks, &all_sizes) == dnnl_success &&
                 dnnl_memory_desc_query(packed, dnnl_query_inner_idxs, &all_places) == dnnl_success &&
                 dnnl_memory_desc_query(packed, dnnl_query_strides, &all_strides) == dnnl_success;
  const dnnl_dim_t *found_sizes = is_known ? *all_sizes : NULL, *found_places = is_known ? *all_places : NULL;
  const dnnl_dim_t *found_strides = is_known ? *all_strides : NULL;
#else
  const dnnl_blocking_desc_t *blocks = &packed.format_desc.blocking;
  int is_known = packed.format_kind == dnnl_blocked && blocks->inner_nblks == 3;
  const dnnl_dim_t *found_sizes = blocks->inner_blks, *found_places = blocks->inner_idxs;
  const dnnl_dim_t *found_strides = blocks->strides;
#endif
  for (int i = 0; is_known && i < 3; i++) is_known = found_sizes[i] == sizes[i] && found_places[i] == places[i];
  // A stride of the only block of its kind has no meaning.
  is_known = is_known && (rows == multiple || found_strides[0] == strides[0]);
  is_known = is_known && (columns == width || found_strides[1] == strides[1]);
  is_known = is_known && dnnl_memory_desc_get_size(LAYOUT(packed)) >= (size_t)(2 * rows * columns);
  FREE_LAYOUT(packed);
  return is_known;
}

int onednn_bf16_pack(int64_t k, int64_t n, int transposed, const float *source, uint16_t *packed) {
  const cache_key key = {.shape = {.k = k, .n = n, .transpose_a = transposed ? 1 : 0}, .is_pack = 1};
  void *const data[] = {(void *)source, packed};
  return run(&key, data);
}
