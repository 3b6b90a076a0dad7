// The AVX-512 kernels with VNNI's products of 8-bit integers (Cascade Lake, 2019; Zen 4, 2022).
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include "CVectorMath.h"
#pragma clang attribute push(                                                                                    \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"), min_vector_width(512))), \
    apply_to = function)
#define VM_NAME avx512vnni
#define VM_BYTES 64
#define VM_VNNI 1
#include "kernels.inc"
#pragma clang attribute pop
#endif
