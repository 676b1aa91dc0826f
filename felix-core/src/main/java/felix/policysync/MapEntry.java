package felix.policysync;

/** An entry of a {@code map<string, string>}. */
final class MapEntry {
  private MapEntry() {}

  /** Both are written even if empty, as Go does. */
  static ProtoFields of(String key, String value) {
    return new ProtoFields().textEvenIfEmpty(1, key).textEvenIfEmpty(2, value);
  }
}
