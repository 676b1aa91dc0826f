package felix.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration: for each setting the value of the highest source that holds one.
 *
 * <p>A text that is no value of its setting is reported and read as the setting's default; lower
 * sources are not asked then, as in Felix. All are parsed nevertheless: whether one may be used at
 * all does not depend on what hides it.
 */
public final class FelixConfig {
  private static final int LONGEST_SHOWN = 100;

  private final Map<Setting<?>, Resolved> resolved = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** What the host says of itself: stands for the default where there is any. */
  private final Map<String, String> ofHost;

  /**
   * Where a setting's value is from.
   *
   * @param text as its source has it, or the default's
   * @param source null for the default
   * @param isValid false if the default stands for a text that is no value
   */
  private record Resolved(Object value, String text, @Nullable Source source, boolean isValid) {}

  private FelixConfig(Map<String, String> ofHost) {
    this.ofHost = ofHost;
  }

  public static FelixConfig resolve(RawConfig raw) {
    var config = new FelixConfig(raw.of(Source.HOST));
    config.findings.addAll(raw.findings());
    for (var source : Source.values()) {
      raw.of(source).forEach((name, text) -> config.take(name, text.trim(), source));
    }
    for (var setting : Settings.all()) {
      config.resolved.computeIfAbsent(setting, s -> config.fallback(s, null, true));
    }
    return config;
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // put there by this setting's own type
  public <T> T get(Setting<T> setting) {
    return (T) of(setting).value();
  }

  /** What the value comes from; null for the default. */
  public @Nullable Source source(Setting<?> setting) {
    return of(setting).source();
  }

  /** The value as its source writes it; for a text that is none the default's. */
  public String text(Setting<?> setting) {
    return of(setting).text();
  }

  /** Whether the text that its source has is a value. */
  public boolean isValid(Setting<?> setting) {
    return of(setting).isValid();
  }

  /** What the log should say, in the order of the sources. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Why it must not be used, in the order of the sources; empty if it may. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * The settings whose values are not those of another configuration; those that have no effect are
   * left out.
   */
  public List<Difference> differencesTo(FelixConfig after) {
    return Settings.all().stream()
        .filter(Setting::isUsed)
        .filter(setting -> !get(setting).equals(after.get(setting)))
        .map(setting -> new Difference(setting, get(setting), after.get(setting)))
        .toList();
  }

  private Resolved of(Setting<?> setting) {
    return Objects.requireNonNull(resolved.get(setting), setting.name());
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
      resolved.merge(setting, parse(setting, text, source), (higher, lower) -> higher);
    }
  }

  private Resolved parse(Setting<?> setting, String text, Source source) {
    try {
      return new Resolved(setting.parse(text), text, source, true);
    } catch (InvalidValueException e) {
      Resolved fallback = fallback(setting, source, false);
      String what =
          "%s in %s is %s, which is not %s"
              .formatted(setting.name(), source, shown(setting, text), e.getMessage());
      if (setting.mustBeValid(text)) {
        problems.add(what);
      } else {
        findings.add(Finding.warning(what + ": using " + Difference.shown(fallback.value())));
      }
      return fallback;
    }
  }

  private Resolved fallback(Setting<?> setting, @Nullable Source source, boolean isValid) {
    String hosts = ofHost.getOrDefault(setting.name(), "");
    try {
      if (!hosts.isEmpty()) {
        return new Resolved(setting.parse(hosts), hosts, source, isValid);
      }
    } catch (InvalidValueException e) {
      // reported where the host's own word is taken
    }
    return new Resolved(setting.defaultValue(), setting.defaultText(), source, isValid);
  }

  private static String shown(Setting<?> setting, String text) {
    if (setting.traits().shown() == Traits.Shown.HIDDEN) {
      return "a text";
    }
    return '"'
        + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…")
        + '"';
  }
}
