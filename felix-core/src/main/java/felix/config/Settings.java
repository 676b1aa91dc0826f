package felix.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All settings there are. */
public final class Settings {
  private static final List<Setting<?>> ALL =
      Stream.of(
              ConnectionSettings.ALL,
              LogSettings.ALL,
              HealthSettings.ALL,
              ReportingSettings.ALL,
              MetricsSettings.ALL,
              KernelSettings.ALL,
              OverlaySettings.ALL,
              NatSettings.ALL,
              IptablesSettings.ALL)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Setting<?>> BY_NAME =
      ALL.stream()
          .collect(Collectors.toUnmodifiableMap(s -> folded(s.name()), Function.identity()));

  private Settings() {}

  /** In the order of the documentation. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** Whatever the case of the name; null if there is none. */
  static @Nullable Setting<?> named(String name) {
    return BY_NAME.get(folded(name));
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
