// The door to oneDNN: single-precision matrix products, the same for its versions 2 and 3.
#ifndef PASSERELLE_CONEDNN_H
#define PASSERELLE_CONEDNN_H
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// C[M, N] = op(A) op(B) + beta C, row-major; op transposes where the flag is set. Returns 0, or oneDNN's status.
int onednn_sgemm(int transpose_a, int transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a,
                 ptrdiff_t lda, const float *b, ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc);

/// One thread for the products of the calling thread: workers run side by side instead.
void onednn_use_one_thread(void);

/// oneDNN's version as major * 10000 + minor * 100 + patch.
int onednn_version_number(void);

#ifdef __cplusplus
}
#endif
#endif
