package felix.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever text a source holds, it is a value, or it is refused; nothing else comes of it. */
@Timeout(300)
class FuzzTest {
  private static final int TEXTS = 2_000;
  private static final int FILES = 20_000;

  private static final List<String> WORDS =
      List.of(
          "none",
          "true",
          "0x",
          "-",
          "+",
          ".",
          ",",
          ":",
          "/",
          "=",
          "#",
          ";",
          "\\",
          "\"",
          "'",
          "`",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          "*",
          "?",
          "|",
          "^",
          "$",
          "\n",
          "\r",
          "\t",
          " ",
          "\0",
          "%",
          "tcp",
          "udp",
          "http://",
          "https://",
          "@",
          "10.0.0.1",
          "/32",
          "fd00::1",
          "4294967296",
          "99999999999999999999",
          "1e400",
          "NaN",
          "0.0000000000001",
          "eth0",
          "cali",
          "é",
          "\ud800",
          "\u202e",
          "٣",
          "(a?)",
          "{9999}",
          "1m30s",
          "name",
          "\"\"\"",
          "[global]",
          "LogPrefix");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private String text() {
    var text = new StringBuilder();
    int words = random.nextInt(12);
    for (int i = 0; i < words; i++) {
      text.append(
          random.nextInt(4) == 0
              ? Integer.toString(random.nextInt())
              : WORDS.get(random.nextInt(WORDS.size())));
    }
    return random.nextInt(100) == 0 ? text.toString().repeat(200) : text.toString();
  }

  @Test
  void everyTextIsAValueOrRefused() {
    for (var setting : Settings.all()) {
      for (int i = 0; i < TEXTS; i++) {
        String text = text().trim();
        if (!text.isEmpty()) {
          parse(setting, text);
        }
      }
    }
  }

  private void parse(Setting<?> setting, String text) {
    try {
      assertThat(setting.parse(text)).isNotNull();
    } catch (InvalidValueException e) {
      assertThat(e.getMessage()).isEqualTo(setting.type().syntax());
    } catch (RuntimeException | StackOverflowError e) {
      fail("seed %d: %s = %s".formatted(seed, setting.name(), text), e);
    }
  }

  @Test
  void everyConfigurationCanBeReadAndListed() {
    for (int i = 0; i < TEXTS; i++) {
      var raw = RawConfig.empty();
      for (var source : Source.values()) {
        Setting<?> setting = Settings.all().get(random.nextInt(Settings.all().size()));
        var values = new HashMap<>(Map.of(text(), text()));
        values.put(setting.name(), text()); // it may be the name that was drawn
        raw = raw.with(source, values);
      }
      var config = FelixConfig.resolve(raw);

      assertThat(config.findings().size() + config.problems().size())
          .as("seed %d", seed)
          .isPositive();
      assertThat(Listing.json(config, "")).as("seed %d", seed).matches("\\p{ASCII}*");
    }
  }

  @Test
  void everyFileIsReadOrRefusedByLine() {
    for (int i = 0; i < FILES; i++) {
      String text = text() + "\n" + text() + " = " + text() + "\n" + text();
      try {
        assertThat(IniFile.parse(text).values()).doesNotContainKey("");
      } catch (IniFile.SyntaxException e) {
        assertThat(e.getMessage()).startsWith("line ");
      } catch (RuntimeException e) {
        fail("seed %d: %s".formatted(seed, text), e);
      }
    }
  }
}
