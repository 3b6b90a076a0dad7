// The kernels for x86-64 with AVX-512 F, BW, DQ and VL (Skylake-SP, 2017; Zen 4, 2022).
#if defined(__x86_64__)
#include <math.h>
#include <string.h>
#include "CVectorMath.h"
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"), min_vector_width(512))), apply_to = function)
#define VM_NAME avx512
#define VM_BYTES 64
#include "kernels.inc"
#pragma clang attribute pop
#endif
