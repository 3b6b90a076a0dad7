// Vector kernels with the instruction set chosen at run time (baseline, AVX2, AVX-512 on x86-64; the
// compiler's baseline elsewhere). All matrices are row-major 32-bit floats. None of the kernels allocates.
#ifndef PASSERELLE_CVECTORMATH_H
#define PASSERELLE_CVECTORMATH_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Columns of one panel of a packed matrix.
enum { VM_PANEL = 32 };

/// The right side of products in bf16: columns of a panel, what its rows are a multiple of, and rows that are laid out at
/// a time.
enum { VM_BF16_COLUMNS = 64, VM_BF16_ROWS = 32, VM_BF16_STEP = 16 };

/// Where the encoder states of a batch lie: element (s, b, d) at `base[s * step_stride + b * row_stride + d]`, and that of
/// their gradient likewise.
typedef struct {
  const float *values;
  const uint16_t *bf16;  // attention at once reads these where they are not NULL, laid out as `values` would be
  ptrdiff_t step_stride;
  ptrdiff_t row_stride;
  float *gradient;  // may be NULL where no gradient is wanted
  ptrdiff_t gradient_step_stride;
  ptrdiff_t gradient_row_stride;
  int32_t width;
} vm_memory;

/// The kernels of one instruction set.
typedef struct {
  const char *name;

  // Elementwise, n elements.
  void (*add)(float *destination, const float *source, size_t n);                   // d += s
  void (*scale)(float *destination, float factor, size_t n);                        // d *= f
  void (*tanh_forward)(float *destination, const float *source, size_t n);          // d = tanh(s)
  void (*tanh_backward)(float *dx, const float *y, const float *dy, size_t n);      // dx += dy (1 - y^2)
  void (*dropout)(float *destination, const float *source, size_t n, float rate, uint64_t seed, int accumulate);

  // Rows.
  void (*add_bias)(float *matrix, const float *bias, size_t rows, size_t columns);  // each row += bias
  void (*sum_rows)(float *destination, const float *matrix, size_t rows, size_t columns);  // d += sum over rows
  void (*transpose)(float *destination, const float *source, size_t rows, size_t columns);

  // d[r, 0..<columns] += s[r, 0..<columns], each with its own distance from row to row.
  void (*add_columns)(float *destination, size_t destination_stride, const float *source, size_t source_stride,
                      size_t rows, size_t columns);
  // Rounds to bfloat16: to nearest, ties to even; NaN stays NaN.
  void (*to_bf16)(uint16_t *destination, const float *source, size_t n);
  // Rounds the rows first..<first + count of W [rows, columns] and lays them out as the right side of products, `forward`
  // of those with W and `backward` of those with Wᵀ, either of which may be NULL. The right side [K, N] stands in panels
  // of VM_BF16_COLUMNS columns, K rounded up to VM_BF16_ROWS; in a panel the two values of rows 2i and 2i + 1 are
  // neighbours. `first` is a multiple of VM_BF16_STEP, `count` too, but at the end; beyond the end zeros are written, in
  // part. The rounding is that of to_bf16. `forward` and `backward` are aligned to 64 bytes.
  void (*pack_bf16)(uint16_t *forward, uint16_t *backward, const float *values, size_t rows, size_t columns,
                    size_t first, size_t count);

  // LSTM cell. gates: [B, 4H] in the order input, forget, candidate, output; before: pre-activations, after:
  // activations. Rows with active[b] == 0 carry their state.
  void (*lstm_forward)(float *gates, const float *h_before, const float *c_before, const uint8_t *active, float *h,
                       float *c, size_t rows, size_t hidden);
  // d_gates receives pre-activation gradients; dh_before and dc_before are added to.
  void (*lstm_backward)(const float *gates, const float *c_before, const float *c, const uint8_t *active,
                        const float *dh, const float *dc, float *d_gates, float *dh_before, float *dc_before,
                        size_t rows, size_t hidden);

  // Attention. One query row; `weights` gets `length` values.
  void (*dot_attention)(const float *query, const vm_memory *keys, const vm_memory *values, size_t row, size_t length,
                        float *weights, float *context);
  void (*mlp_attention)(const float *query, const float *v, const vm_memory *keys, const vm_memory *values, size_t row,
                        size_t length, float *weights, float *context);
  // Their backward passes take the gradient of the weights in d_scores, besides that which comes by the context, leave
  // there the gradient of the scores, and add to d_query, d_v and, for mlp, the gradient of the keys. What is left is for
  // add_weighted_rows: the gradient of the values, sum of weights times d_context, and for dot that of the keys, sum of
  // d_scores times query.
  void (*dot_attention_backward)(float *d_query, const vm_memory *keys, const vm_memory *values, size_t row,
                                 size_t length, const float *weights, const float *d_context, float *d_scores);
  void (*mlp_attention_backward)(const float *query, float *d_query, const float *v, float *d_v, const vm_memory *keys,
                                 const vm_memory *values, size_t row, size_t length, const float *weights,
                                 const float *d_context, float *d_scores);
  // target[s] += sum over i < count of weights[i][s] * x[i], for s < rows; `columns` values each, `stride` apart.
  void (*add_weighted_rows)(float *target, size_t stride, size_t rows, size_t columns, const float *const *x,
                            const float *const *weights, size_t count);

  // Softmax. cross_entropy turns the logits of one row into their gradient times `scale` and returns the
  // label-smoothed loss; `nll` gets the plain negative log-probability of the target.
  double (*cross_entropy)(float *logits, size_t n, size_t target, float smoothing, float scale, double *nll);
  float (*log_sum_exp)(const float *logits, size_t n);

  // The k largest of n values, largest first, ties to the lower index.
  void (*top_k)(const float *values, size_t n, size_t k, int32_t *indices, float *best);

  // Optimisers.
  double (*sum_of_squares)(const float *x, size_t n);
  void (*adam)(float *parameter, float *first, float *second, const float *gradient, size_t n, float gradient_scale,
               float learning_rate, float beta1, float beta2, float epsilon, float weight_decay,
               float first_correction, float second_correction);

  // C[M, N] (+)= A[M, K] * B, B packed in panels of VM_PANEL columns. Each element is summed over k in order, so a
  // row of C depends on that row of A alone, whatever M is.
  void (*packed_product)(const float *a, size_t lda, const float *panels, float *c, size_t ldc, size_t m, size_t n,
                         size_t k, int accumulate);

  // C[M, N] (+)= A[M, K] * B in bf16, summed in f32: B in panels of VM_PANEL columns, in each panel pairs of rows, two
  // values of a column together; K = 2 * pairs. Rows depend on nothing else here either; instruction sets round
  // differently.
  void (*bf16_product)(const uint16_t *a, size_t lda, const uint16_t *panels, float *c, size_t ldc, size_t m, size_t n,
                       size_t pairs, int accumulate);

  // 8-bit integers. quantize_rows: x = scale * q with q in -127...127, scale = max|x| / 127 of the row; q is padded with
  // zeros to `padded` columns; offset = 128 * sum of q.
  void (*quantize_rows)(int8_t *quantized, float *scales, int32_t *offsets, const float *source, size_t rows,
                        size_t columns, size_t padded);
  // Lays out a matrix [rows, columns] for int8_product, quantised by columns, with room for whole panels and groups.
  void (*quantize_columns)(uint8_t *panels, float *scales, const float *source, size_t rows, size_t columns);
  // The same of values that are quantised already, row-major.
  void (*arrange_int8)(uint8_t *panels, const int8_t *source, size_t rows, size_t columns);
  // C[M, N] (+)= A[M, K] * B: A from quantize_rows; B in panels of VM_PANEL columns, in each panel groups of four rows,
  // four values of a column together, each with 128 added; K = 4 * groups. Sums are integers, so exact: the same bits
  // for every instruction set and every M.
  void (*int8_product)(const int8_t *a, size_t lda, const float *a_scales, const int32_t *offsets,
                       const uint8_t *panels, const float *b_scales, float *c, size_t ldc, size_t m, size_t n,
                       size_t groups, int accumulate);

  // Elman cell. a: [B, H], before: pre-activations, after: activations. Rows with active[b] == 0 carry their state.
  void (*elman_forward)(float *a, const float *h_before, const uint8_t *active, float *h, size_t rows, size_t hidden);
  void (*elman_backward)(const float *a, const uint8_t *active, const float *dh, float *da, float *dh_before,
                         size_t rows, size_t hidden);

  // Gated recurrent unit. gates: [B, 2H], reset and update; kept = reset * h is what the candidate [B, H] reads.
  void (*gru_gates_forward)(float *gates, const float *h, float *kept, size_t rows, size_t hidden);
  void (*gru_gates_backward)(const float *gates, const float *h, const float *d_kept, float *d_gates, float *dh,
                             size_t rows, size_t hidden);
  void (*gru_forward)(const float *gates, float *candidate, const float *h_before, const uint8_t *active, float *h,
                      size_t rows, size_t hidden);
  void (*gru_backward)(const float *gates, const float *candidate, const float *h_before, const uint8_t *active,
                       const float *dh, float *d_gates, float *d_candidate, float *dh_before, size_t rows,
                       size_t hidden);

  // Layer normalisation of rows. statistics: 2 values a row; shift may be NULL.
  void (*layer_norm_forward)(const float *x, const float *gain, const float *shift, float *y, float *statistics,
                             size_t rows, size_t columns);
  void (*layer_norm_backward)(const float *x, const float *gain, const float *statistics, const float *dy, float *dx,
                              float *d_gain, float *d_shift, size_t rows, size_t columns);

  // LSTM step whose product [B, 4H] and cell state are normalised. base, what is added to the product: [B, 4H], or NULL
  // for shift [4H]; statistics: 4 values a row; gates [B, 4H] get the activations.
  void (*normal_lstm_forward)(const float *product, const float *base, const float *gain, const float *shift,
                              const float *cell_gain, const float *cell_shift, const float *c_before,
                              const float *h_before, const uint8_t *active, float *gates, float *c, float *h,
                              float *statistics, size_t rows, size_t hidden);
  void (*normal_lstm_backward)(const float *product, const float *gates, const float *gain, const float *statistics,
                               const float *cell_gain, const float *cell_shift, const float *c, const float *c_before,
                               const uint8_t *active, const float *dh, const float *dc, float *d_product, float *d_base,
                               float *d_gain, float *d_shift, float *d_cell_gain, float *d_cell_shift,
                               float *dc_before, float *dh_before, size_t rows, size_t hidden);

  // Attention in parts, one query row: scores (v and cover may be NULL), softmax, average.
  void (*attention_scores)(const float *query, const float *v, const float *cover, const float *coverage,
                           const vm_memory *keys, size_t row, size_t length, float *scores);
  void (*attention_scores_backward)(const float *query, float *d_query, const float *v, float *d_v, const float *cover,
                                    float *d_cover, const float *coverage, float *d_coverage, const vm_memory *keys,
                                    size_t row, size_t length, const float *d_scores);
  void (*softmax)(float *scores, size_t n);
  void (*softmax_backward)(float *dx, const float *y, const float *dy, size_t n);
  void (*attention_context)(const vm_memory *values, size_t row, size_t length, const float *weights, float *context);
  void (*attention_context_backward)(const vm_memory *values, size_t row, size_t length, const float *weights,
                                     float *d_weights, const float *d_context);

  // Highway: y = t h + (1 - t) x, t = sigmoid(gate), which stands in `gate` afterwards.
  void (*highway_forward)(float *gate, const float *h, const float *x, float *y, size_t n);
  void (*highway_backward)(const float *gate, const float *h, const float *x, const float *dy, float *d_gate,
                           float *dh, float *dx, size_t n);
  void (*multiply_add)(float *y, const float *x, const float *factor, size_t n);    // y += x * factor

  // Two predictions of one word: see family.inc.
  double (*paired_cross_entropy)(float *first, float *second, size_t n, size_t target, float smoothing,
                                 float consistency, float scale, double *nll, double *divergence);

  // Ensembles: sum (+)= weight * exp(logits - log_sum), and x = log(x).
  void (*add_probabilities)(float *sum, const float *logits, float log_sum, float weight, size_t n, int accumulate);
  void (*log_forward)(float *x, size_t n);
} vm_kernels;

/// The fastest kernels that this processor runs.
const vm_kernels *vm_best(void);
/// The kernels of a named set ("baseline", "avx2", "avx512", "avx512vnni", "avx512bf16"), or NULL where the processor lacks them.
const vm_kernels *vm_named(const char *name);

#ifdef __cplusplus
}
#endif
#endif
