package felix.config;

/** A text is no value of its type; the message says what would be one. */
final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidValueException(String expected) {
    super(expected, null, false, false);
  }
}
