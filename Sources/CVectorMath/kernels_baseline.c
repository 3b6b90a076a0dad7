// The kernels for the compiler's own baseline: SSE2 on x86-64, NEON on arm64.
#define VM_NAME baseline
#define VM_BYTES 16
#include "kernels.inc"
