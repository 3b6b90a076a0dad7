// The kernels for x86-64 with AVX2 and FMA (Haswell, 2013, and later).
#if defined(__x86_64__)
#include <math.h>
#include <string.h>
#include "CVectorMath.h"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define VM_NAME avx2
#define VM_BYTES 32
#include "kernels.inc"
#pragma clang attribute pop
#endif
