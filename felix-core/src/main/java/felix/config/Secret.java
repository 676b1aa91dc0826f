package felix.config;

/**
 * A text that nobody may see. Its text form is the same for all of them, so that it can be part of
 * records that are logged.
 *
 * @param value for whom it is meant
 */
public record Secret(String value) {
  static final ValueType<Secret> TYPE =
      new ValueType<>("any text; never shown", new Secret(""), Secret::new);

  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return isEmpty() ? "" : "***";
  }
}
