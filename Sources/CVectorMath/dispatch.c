// Chooses the kernels once, by what the processor reports.
#include <stdlib.h>
#include <string.h>
#include "CVectorMath.h"

extern const vm_kernels vm_table_baseline;
#if defined(__x86_64__)
extern const vm_kernels vm_table_avx2, vm_table_avx512, vm_table_avx512vnni, vm_table_avx512bf16;

static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
static int has_avx512vnni(void) { return has_avx512() && __builtin_cpu_supports("avx512vnni"); }
static int has_avx512bf16(void) { return has_avx512vnni() && __builtin_cpu_supports("avx512bf16"); }
#endif

const vm_kernels *vm_named(const char *name) {
  if (strcmp(name, "baseline") == 0) return &vm_table_baseline;
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0 && has_avx2()) return &vm_table_avx2;
  if (strcmp(name, "avx512") == 0 && has_avx512()) return &vm_table_avx512;
  if (strcmp(name, "avx512vnni") == 0 && has_avx512vnni()) return &vm_table_avx512vnni;
  if (strcmp(name, "avx512bf16") == 0 && has_avx512bf16()) return &vm_table_avx512bf16;
#endif
  return NULL;
}

const vm_kernels *vm_best(void) {
  const vm_kernels *found = vm_named("avx512bf16");
  if (!found) found = vm_named("avx512vnni");
  if (!found) found = vm_named("avx512");
  if (!found) found = vm_named("avx2");
  return found ? found : &vm_table_baseline;
}
