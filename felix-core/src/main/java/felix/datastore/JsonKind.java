package felix.datastore;

/** What can stand at a place in a JSON document. */
enum JsonKind {
  OBJECT,
  ARRAY,
  /** A string of ASCII without escapes. */
  PLAIN_STRING,
  /** A string without escapes. */
  UNICODE_STRING,
  /** A string with escapes. */
  ESCAPED_STRING,
  INTEGER,
  FRACTION,
  TRUE,
  FALSE,
  NULL,
  /** Nothing is there. */
  MISSING;

  boolean isString() {
    return this == PLAIN_STRING || this == UNICODE_STRING || this == ESCAPED_STRING;
  }

  boolean isNumber() {
    return this == INTEGER || this == FRACTION;
  }
}
