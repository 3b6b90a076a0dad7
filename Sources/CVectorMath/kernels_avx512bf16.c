// The AVX-512 kernels with products of 8-bit integers and of bf16 (Cooper Lake, 2020; Zen 4, 2022).
#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include "CVectorMath.h"
#pragma clang attribute push(                                                                                    \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512bf16,avx2,fma"), min_vector_width(512))), \
    apply_to = function)
#define VM_NAME avx512bf16
#define VM_BYTES 64
#define VM_VNNI 1
#define VM_BF16 1
#include "kernels.inc"
#pragma clang attribute pop
#endif
