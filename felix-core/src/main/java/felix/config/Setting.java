package felix.config;

import felix.config.Traits.None;
import felix.config.Traits.OnBad;
import felix.config.Traits.OnChange;
import felix.config.Traits.Shown;
import felix.config.Traits.Where;

/**
 * A parameter: its name in felix.cfg, in {@code FELIX_<NAME>} and, made a field name, in
 * FelixConfiguration; and all there is to know for reading it.
 *
 * @param defaultText as a user would write it; empty is the type's zero
 * @param help one sentence for operators
 */
public record Setting<T>(
    String name, ValueType<T> type, String defaultText, String help, Traits traits) {

  static <T> Setting<T> of(String name, ValueType<T> type, String defaultText, String help) {
    return new Setting<>(name, type, defaultText, help, Traits.USUAL);
  }

  /** Not from the datastore. */
  Setting<T> localOnly() {
    return with(traits.with(Where.LOCAL_ONLY));
  }

  /** {@code none} is no value of it. */
  Setting<T> nonZero() {
    return with(traits.with(None.REFUSED));
  }

  /** Too dangerous to go on with the default if the text is no value: see {@link OnBad#WAIT}. */
  Setting<T> vital() {
    return with(traits.with(OnBad.WAIT));
  }

  /** Can change within a process. */
  Setting<T> live() {
    return with(traits.with(OnChange.LIVE));
  }

  /** A password or such: never printed. */
  Setting<T> secret() {
    return with(traits.with(Shown.HIDDEN));
  }

  /** Accepted, and without effect, for a reason that the documentation gives. */
  Setting<T> unused(String because) {
    return with(traits.unused(because));
  }

  private Setting<T> with(Traits other) {
    return new Setting<>(name, type, defaultText, help, other);
  }

  /** Whether it has an effect in this agent. */
  public boolean isUsed() {
    return traits.unused().isEmpty();
  }

  /**
   * Whether the agent must not go on with the default if this text is no value. It must not either
   * where zero is asked for and makes no sense, as in Felix.
   */
  boolean mustBeValid(String text) {
    return traits.onBad() == OnBad.WAIT || isNone(text);
  }

  T defaultValue() {
    return defaultText.isEmpty() ? type.zero() : type.parse(defaultText);
  }

  /**
   * @param text trimmed and not empty
   * @throws InvalidValueException if it is no value of this setting
   */
  T parse(String text) {
    if (!isNone(text)) {
      return type.parse(text);
    }
    if (traits.none() == None.REFUSED) {
      throw new InvalidValueException(type.syntax());
    }
    return type.zero();
  }

  private static boolean isNone(String text) {
    return text.equalsIgnoreCase("none");
  }
}
