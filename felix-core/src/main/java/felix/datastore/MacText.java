package felix.datastore;

import felix.model.MacAddress;

/** Ethernet addresses as Go reads them: colons, dashes or, after each second byte, dots. */
final class MacText {
  private MacText() {}

  /**
   * The address.
   *
   * @throws IllegalArgumentException if the text is none; the message repeats it
   */
  static MacAddress parse(String text) {
    boolean dotted = text.indexOf('.') >= 0 && text.matches("(\\p{XDigit}{4}\\.){2}\\p{XDigit}{4}");
    String colons =
        dotted
            ? text.replace(".", "").replaceAll("(..)(?!$)", "$1:")
            : text.indexOf(':') < 0 ? text.replace('-', ':') : text;
    return MacAddress.parse(colons);
  }
}
