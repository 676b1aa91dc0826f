package felix.datastore;

/** A resource that cannot be used, and why. Never leaves this package. */
final class BadValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * @param field where, as {@code spec.ingress[2].source}; empty: the value as a whole
   */
  BadValueException(String field, String reason) {
    super(field + ": " + reason);
    this.field = field;
    this.reason = reason;
  }

  String field() {
    return field;
  }

  String reason() {
    return reason;
  }
}
