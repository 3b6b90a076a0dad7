import Foundation

/// A number with so many digits after the decimal point.
func fixed(_ value: Double, _ width: Int) -> String { String(format: "%.\(width)f", value) }

/// A JSON string in ASCII, as Python's `json` writes it.
func jsonString(_ text: String) -> String {
  var result = "\""
  for unit in text.utf16 {
    switch unit {
    case 0x22, 0x5C: result += "\\" + String(Unicode.Scalar(UInt8(unit)))
    case 0x20...0x7E: result += String(Unicode.Scalar(UInt8(unit)))
    case 0x08: result += "\\b"
    case 0x09: result += "\\t"
    case 0x0A: result += "\\n"
    case 0x0C: result += "\\f"
    case 0x0D: result += "\\r"
    default:
      let digits = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return result + "\""
}
