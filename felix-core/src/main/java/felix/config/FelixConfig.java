package felix.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration: for each setting the value of the highest source that holds one.
 *
 * <p>A text that is no value of its setting is reported and read as the setting's default; lower
 * sources are not asked then, as in Felix.
 */
public final class FelixConfig {
  private static final int LONGEST_SHOWN = 100;

  private final Map<Setting<?>, Resolved> resolved = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** What the host says of itself: stands for the default where there is any. */
  private final Map<String, String> ofHost;

  /**
   * @param source null for the default
   */
  private record Resolved(Object value, @Nullable Source source) {}

  private FelixConfig(Map<String, String> ofHost) {
    this.ofHost = ofHost;
  }

  public static FelixConfig resolve(RawConfig raw) {
    var config = new FelixConfig(raw.of(Source.HOST));
    for (var source : Source.values()) {
      raw.of(source).forEach((name, text) -> config.take(name, text.trim(), source));
    }
    for (var setting : Settings.all()) {
      config.resolved.putIfAbsent(setting, new Resolved(config.defaultOf(setting), null));
    }
    return config;
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // put there by this setting's own type
  public <T> T get(Setting<T> setting) {
    return (T) Objects.requireNonNull(resolved.get(setting), setting.name()).value();
  }

  /** What the value comes from; null for the default. */
  public @Nullable Source source(Setting<?> setting) {
    return Objects.requireNonNull(resolved.get(setting), setting.name()).source();
  }

  /** What the log should say, in the order of the sources. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The settings whose values are not those of another configuration, and how they differ. */
  public List<String> differencesTo(FelixConfig after) {
    return Settings.all().stream()
        .filter(setting -> !get(setting).equals(after.get(setting)))
        .map(s -> "%s: %s becomes %s".formatted(s.name(), shown(get(s)), shown(after.get(s))))
        .toList();
  }

  private void take(String name, String text, Source source) {
    Setting<?> setting = Settings.named(name);
    if (setting == null) {
      findings.add(UnknownNames.describe(name, source));
    } else if (text.isEmpty()) {
      findings.add(Finding.note("%s in %s is empty: not set".formatted(name, source)));
    } else if (source.isDatastore() && setting.traits().where() == Traits.Where.LOCAL_ONLY) {
      findings.add(Finding.warning("%s in %s is ignored there".formatted(name, source)));
    } else {
      Resolved value = new Resolved(parse(setting, text, source), source);
      resolved.putIfAbsent(setting, value);
    }
  }

  private Object parse(Setting<?> setting, String text, Source source) {
    try {
      return setting.parse(text);
    } catch (InvalidValueException e) {
      Object fallback = defaultOf(setting);
      findings.add(
          Finding.warning(
              "%s in %s is \"%s\", which is not %s: using %s"
                  .formatted(
                      setting.name(), source, shortened(text), e.getMessage(), shown(fallback))));
      return fallback;
    }
  }

  private Object defaultOf(Setting<?> setting) {
    String hosts = ofHost.getOrDefault(setting.name(), "");
    try {
      return hosts.isEmpty() ? setting.defaultValue() : setting.parse(hosts);
    } catch (InvalidValueException e) {
      return setting.defaultValue();
    }
  }

  private static Object shown(Object value) {
    return value instanceof Optional<?> maybe
        ? maybe.map(Object::toString).orElse("nothing")
        : value;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
