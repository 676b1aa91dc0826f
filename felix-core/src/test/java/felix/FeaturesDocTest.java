package felix;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.config.Setting;
import felix.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/features.md has a row for each feature of Felix's, and each row a test or a reason. What is
 * named there is there.
 */
class FeaturesDocTest {
  private static final Path DOCUMENT = Path.of("../docs/features.md");
  private static final Path LIST = Path.of("src/test/resources/felix/features.txt");
  private static final int COLUMNS = 5;
  private static final String JAVA = ".java";

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The sources of all modules' tests, by the names of their classes. */
  private static final Map<String, List<String>> TESTS = tests();

  private static final Map<String, Setting<?>> SETTINGS =
      Settings.all().stream().collect(Collectors.toMap(Setting::name, s -> s));

  /**
   * A row of the table.
   *
   * @param since the version of Felix
   * @param settings their names
   * @param tests classes, with a method after # or without
   */
  record Row(String feature, String since, String here, List<String> settings, List<String> tests) {
    static Row of(String line) {
      var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      assertThat(cells).as(line).hasSize(COLUMNS + 2);
      return new Row(
          cells.get(1), cells.get(2), cells.get(3), names(cells.get(4)), names(cells.get(5)));
    }

    boolean isLeftOut() {
      return here.startsWith("Left out: ");
    }

    private static List<String> names(String cell) {
      return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    @Override
    public String toString() {
      return feature;
    }
  }

  @Test
  void everyFeatureHasItsRow() throws IOException {
    var titles = new ArrayList<String>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("## ")) {
        titles.add("[" + line.substring(3) + "]");
      } else if (isRow(line)) {
        titles.add(Row.of(line).feature());
      }
    }

    assertThat(titles)
        .containsExactlyElementsOf(
            Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#")).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowHasATestOrAReason(Row row) {
    assertThat(row.since()).isIn("v3.14", "later");
    if (row.isLeftOut()) {
      assertThat(row.tests()).isEmpty();
    } else {
      assertThat(row.here()).startsWith("Works");
      assertThat(row.tests()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void testsThatAreNamedAreThere(Row row) {
    for (String test : row.tests()) {
      int hash = test.indexOf('#');
      String type = hash < 0 ? test : test.substring(0, hash);
      assertThat(TESTS).as(test).containsKey(type);
      String needed = hash < 0 ? "Test" : " void " + test.substring(hash + 1) + "(";
      assertThat(TESTS.get(type)).as(test).anyMatch(source -> source.contains(needed));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void settingsThatAreNamedHaveAnEffect(Row row) {
    for (String name : row.settings()) {
      Setting<?> setting = SETTINGS.get(name);
      assertThat(setting).as(name).isNotNull();
      assertThat(row.isLeftOut() || requireNonNull(setting).isUsed()).as(name).isTrue();
    }
  }

  private static boolean isRow(String line) {
    return line.startsWith("| ") && !line.startsWith("| feature ");
  }

  static List<Row> rows() {
    try {
      return Files.readAllLines(DOCUMENT).stream()
          .filter(FeaturesDocTest::isRow)
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, List<String>> tests() {
    var found = new HashMap<String, List<String>>();
    for (String module : List.of("calc-graph", "dataplane-linux", "rpf-check", "felix-core")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(JAVA)).toList()) {
          found
              .computeIfAbsent(
                  file.getFileName().toString().replace(JAVA, ""), type -> new ArrayList<>())
              .add(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }
}
