import COneDNN

/// The numbers that matrix products of training are computed with.
///
/// Sums, gradients, parameters and everything that is not a product stay in f32: with bf16 only the factors of a
/// product are rounded, to 8 significant bits (Micikevicius et al. 2018, "Mixed Precision Training"; bf16 keeps f32's
/// range, so no loss scaling is needed: Kalamkar et al. 2019).
public enum Precision: String, Codable, Sendable, CaseIterable {
  /// 32-bit floats: the reference.
  case f32
  /// Factors rounded to 16-bit brain floats, sums in 32 bits.
  case bf16

  /// Whether this processor computes with it in hardware.
  public var isSupported: Bool { self == .f32 || onednn_has_bf16() != 0 }

  /// The fastest that this processor computes with in hardware.
  public static var fastest: Precision { Precision.bf16.isSupported ? .bf16 : .f32 }
}
