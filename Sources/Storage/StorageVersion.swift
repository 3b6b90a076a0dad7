/// What is noted in each file as the version that made it.
enum StorageVersion {
  static let current = "passerelle 0.1"
}
