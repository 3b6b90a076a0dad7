// The door to oneDNN: matrix products in f32 and in bf16 with f32 sums, the same for its versions 2 and 3.
#ifndef PASSERELLE_CONEDNN_H
#define PASSERELLE_CONEDNN_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// C[M, N] = op(A) op(B) + beta C, row-major; op transposes where the flag is set. Returns 0, or oneDNN's status.
int onednn_sgemm(int transpose_a, int transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a,
                 ptrdiff_t lda, const float *b, ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc);

/// The shape of a product C[M, N] (+)= op(A) B of bf16 matrices, row-major, summed in f32.
typedef struct {
  int64_t m, n, k;
  int64_t lda, ldb, ldc;  // elements from a row to the next; ldb has no meaning when B is packed
  int32_t transpose_a;    // A is stored [K, M]
  int32_t packed_b;       // B was laid out by onednn_bf16_pack
  int32_t accumulate;     // add to C instead of overwriting it
} onednn_bf16_shape;

/// Whether this processor multiplies bf16 in hardware (AVX-512 BF16, 2020, or AMX, 2023).
int onednn_has_bf16(void);

/// Computes a product. Each thread keeps the code that oneDNN made for the shapes it has seen. Returns 0, or oneDNN's
/// status.
int onednn_bf16_product(const onednn_bf16_shape *shape, const uint16_t *a, const uint16_t *b, float *c);

/// Bytes of a packed matrix [K, N]; 0 when oneDNN refuses it.
size_t onednn_bf16_packed_size(int64_t k, int64_t n);

/// Whether a packed matrix [K, N] stands in panels of `width` columns, K rounded up to a multiple of `multiple`, the two
/// values of rows 2i and 2i + 1 side by side: as oneDNN has it where AVX-512 BF16 or AMX multiply.
int onednn_bf16_is_paired(int64_t k, int64_t n, int64_t width, int64_t multiple);

/// Rounds a row-major f32 matrix to bf16 and lays it out as the right side [K, N] of products. With `transposed` the
/// source is stored [N, K]. Returns 0, or oneDNN's status.
int onednn_bf16_pack(int64_t k, int64_t n, int transposed, const float *source, uint16_t *packed);

/// One thread for the products of the calling thread: workers run side by side instead.
void onednn_use_one_thread(void);

/// oneDNN's version as major * 10000 + minor * 100 + patch.
int onednn_version_number(void);

#ifdef __cplusplus
}
#endif
#endif
