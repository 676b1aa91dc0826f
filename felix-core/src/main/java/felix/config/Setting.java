package felix.config;

/**
 * A parameter: its name in felix.cfg, in {@code FELIX_<NAME>} and, made a field name, in
 * FelixConfiguration; and all there is to know for reading it.
 *
 * @param defaultText as a user would write it; empty is the type's zero
 * @param help one sentence for operators
 * @param where which sources may hold it
 * @param none whether {@code none} is allowed and stands for the type's zero
 */
public record Setting<T>(
    String name, ValueType<T> type, String defaultText, String help, Where where, None none) {

  /** Which sources may hold a setting. */
  enum Where {
    ANYWHERE,
    /** Not the datastore: what leads there, and what the host is called in it. */
    LOCAL_ONLY
  }

  /** What {@code none} means for a setting. */
  enum None {
    ZERO,
    REFUSED
  }

  static <T> Setting<T> of(String name, ValueType<T> type, String defaultText, String help) {
    return new Setting<>(name, type, defaultText, help, Where.ANYWHERE, None.ZERO);
  }

  Setting<T> localOnly() {
    return new Setting<>(name, type, defaultText, help, Where.LOCAL_ONLY, none);
  }

  Setting<T> nonZero() {
    return new Setting<>(name, type, defaultText, help, where, None.REFUSED);
  }

  T defaultValue() {
    return defaultText.isEmpty() ? type.zero() : type.parse(defaultText);
  }

  /**
   * @param text trimmed and not empty
   * @throws InvalidValueException if it is no value of this setting
   */
  T parse(String text) {
    if (!text.equalsIgnoreCase("none")) {
      return type.parse(text);
    }
    if (none == None.REFUSED) {
      throw new InvalidValueException(type.syntax());
    }
    return type.zero();
  }
}
