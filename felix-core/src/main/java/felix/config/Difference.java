package felix.config;

import java.util.Optional;

/** A setting that two configurations give different values. */
public record Difference(Setting<?> setting, Object before, Object after) {
  /** Whether it takes another process. */
  public boolean needsRestart() {
    return setting.traits().onChange() == Traits.OnChange.RESTART;
  }

  /** For the log. */
  public String text() {
    return setting.traits().shown() == Traits.Shown.HIDDEN
        ? setting.name() + " is another"
        : "%s: %s becomes %s".formatted(setting.name(), shown(before), shown(after));
  }

  static Object shown(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe.map(Object::toString).orElse("nothing")
        : value;
  }
}
