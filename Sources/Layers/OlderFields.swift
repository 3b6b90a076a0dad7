extension KeyedDecodingContainer {
  /// Reads a field that a file of an older version may lack; then the value stays as it is.
  ///
  /// - Throws: `DecodingError` where the field is there and of another kind.
  package func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
    if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
  }
}
