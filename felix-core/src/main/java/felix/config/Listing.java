package felix.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is in effect and where it comes from, for operators: as text or as JSON. Secrets are in
 * neither.
 */
public final class Listing {
  private static final String HIDDEN = "(hidden)";

  private Listing() {}

  /** One line a setting, in the order of the documentation, and what is wrong with them. */
  public static String text(FelixConfig config) {
    int longestName = Settings.all().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    return Settings.sections().stream()
            .map(section -> text(config, section, longestName))
            .collect(Collectors.joining("\n"))
        + complaints("Must be mended", config.problems())
        + complaints("Wrong", texts(config, true))
        + complaints("To know", texts(config, false));
  }

  /**
   * One object: {@code settings}, each with {@code name}, {@code value}, {@code source}, {@code
   * valid} and {@code unused}; {@code problems}, {@code warnings} and {@code notes}; {@code
   * datastore}.
   *
   * @param datastore how reading it went
   */
  public static String json(FelixConfig config, String datastore) {
    return Settings.all().stream()
        .map(setting -> json(config, setting))
        .collect(
            Collectors.joining(
                ",\n",
                "{\"settings\": [\n",
                "],\n\"problems\": %s,\n\"warnings\": %s,\n\"notes\": %s,\n\"datastore\": %s}\n"
                    .formatted(
                        array(config.problems()),
                        array(texts(config, true)),
                        array(texts(config, false)),
                        quoted(datastore))));
  }

  private static String text(FelixConfig config, Section section, int longestName) {
    return section.settings().stream()
        .map(setting -> line(config, setting, longestName))
        .collect(Collectors.joining("", "# " + section.title() + "\n", ""));
  }

  private static String line(FelixConfig config, Setting<?> setting, int longestName) {
    String name = setting.name() + " ".repeat(longestName - setting.name().length());
    String mark = config.isValid(setting) ? "" : ", whose text is no value";
    String unused = setting.isUsed() ? "" : "; unused: " + setting.traits().unused();
    return "%s = %s  # %s%s%s\n"
        .formatted(name, value(config, setting), origin(config, setting), mark, unused);
  }

  private static String complaints(String title, List<String> complaints) {
    return complaints.isEmpty()
        ? ""
        : complaints.stream().collect(Collectors.joining("\n# ", "\n# " + title + ":\n# ", "\n"));
  }

  private static String json(FelixConfig config, Setting<?> setting) {
    return "{\"name\": %s, \"value\": %s, \"source\": %s, \"valid\": %s, \"unused\": %s}"
        .formatted(
            quoted(setting.name()),
            quoted(value(config, setting)),
            quoted(origin(config, setting)),
            config.isValid(setting),
            quoted(setting.traits().unused()));
  }

  private static String value(FelixConfig config, Setting<?> setting) {
    boolean isHidden =
        setting.traits().shown() == Traits.Shown.HIDDEN && !config.text(setting).isEmpty();
    return isHidden ? HIDDEN : config.text(setting).replaceAll("\\p{Cntrl}", "?");
  }

  private static String origin(FelixConfig config, Setting<?> setting) {
    @Nullable Source source = config.source(setting);
    return source == null ? "default" : source.toString();
  }

  private static List<String> texts(FelixConfig config, boolean warnings) {
    return config.findings().stream()
        .filter(finding -> finding.isWarning() == warnings)
        .map(Finding::text)
        .toList();
  }

  private static String array(List<String> texts) {
    return texts.stream().map(Listing::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** With everything escaped that is no printable ASCII. */
  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
