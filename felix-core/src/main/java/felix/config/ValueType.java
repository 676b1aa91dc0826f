package felix.config;

import java.util.function.Function;

/**
 * How a kind of value is written.
 *
 * @param syntax what is allowed, for help and warnings
 * @param zero what {@code none} stands for
 * @param parser from trimmed text that is not empty; throws {@link IllegalArgumentException} or
 *     {@link ArithmeticException} for what is no such value
 */
record ValueType<T>(String syntax, T zero, Function<String, T> parser) {

  /**
   * @throws InvalidValueException if the text is no such value
   */
  T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidValueException(syntax);
    }
  }
}
