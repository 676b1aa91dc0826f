package felix.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a test must know of a setting.
 *
 * @param valid a value other than the default
 * @param value what it is
 * @param invalid no value; empty if every text is one
 * @param given other settings, without which this one has no effect
 */
public record SettingRow(
    String name, String valid, String value, String invalid, Map<String, String> given) {

  /** Rows of a table of this package's. */
  public static List<List<String>> table(String resource, int columns) {
    try (InputStream in =
        Objects.requireNonNull(SettingRow.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split("~", -1)).map(String::strip).toList())
          .peek(row -> checkSize(row, columns))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all settings. */
  public static List<SettingRow> all() {
    return table("setting-rows.txt", 5).stream()
        .map(
            row ->
                new SettingRow(row.get(0), row.get(1), row.get(2), row.get(3), pairs(row.get(4))))
        .toList();
  }

  public Setting<?> setting() {
    return Objects.requireNonNull(Settings.named(name), name);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Map<String, String> pairs(String text) {
    var pairs = new TreeMap<String, String>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
      int equals = pair.indexOf('=');
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }

  private static void checkSize(List<String> row, int columns) {
    if (row.size() != columns) {
      throw new IllegalStateException(row.size() + " instead of " + columns + " columns: " + row);
    }
  }
}
