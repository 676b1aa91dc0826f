package felix.config;

/**
 * Something about the configuration that the log should say.
 *
 * @param isWarning whether somebody should do something about it
 */
public record Finding(boolean isWarning, String text) {
  static Finding warning(String text) {
    return new Finding(true, text);
  }

  static Finding note(String text) {
    return new Finding(false, text);
  }
}
