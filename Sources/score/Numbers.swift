import Foundation

/// A number with so many digits after the decimal point.
func fixed(_ value: Double, _ width: Int) -> String { String(format: "%.\(width)f", value) }
