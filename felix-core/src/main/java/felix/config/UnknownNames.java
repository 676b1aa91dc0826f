package felix.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What to say about names that are no settings of this agent. */
final class UnknownNames {
  private static final int MOST_TYPOS = 3;

  /** Parameters of Felix that this agent has no use for, in lower case. */
  private static final Set<String> OF_FELIX = read("felix-names.txt");

  private UnknownNames() {}

  static Finding describe(String name, Source source) {
    if (OF_FELIX.contains(Settings.folded(name))) {
      return Finding.note("%s in %s is not used by this agent".formatted(name, source));
    }
    return Settings.all().stream()
        .map(Setting::name)
        .min(Comparator.comparingInt(known -> typos(name, known)))
        .filter(known -> typos(name, known) <= MOST_TYPOS)
        .map(
            known ->
                Finding.warning("%s in %s is unknown; is %s meant?".formatted(name, source, known)))
        .orElseGet(() -> Finding.note("%s in %s is unknown".formatted(name, source)));
  }

  /** Levenshtein's distance, whatever the case. */
  private static int typos(String one, String other) {
    String a = Settings.folded(one);
    String b = Settings.folded(other);
    if (Math.abs(a.length() - b.length()) > MOST_TYPOS) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static Set<String> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(UnknownNames.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Settings::folded)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
