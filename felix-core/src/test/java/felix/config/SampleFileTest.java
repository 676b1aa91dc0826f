package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The sample of felix.cfg is what the settings say of themselves; {@code -Dgolden.update=true}
 * writes it anew.
 */
class SampleFileTest {
  private static final Path FILE = Path.of("../config/felix.cfg");

  private static final String HEAD =
      """
      # Settings of Felix for DC/OS: all that there are, each with its default.
      #
      # The agent reads /etc/calico/felix.cfg, or the file that --config-file names. To set something,
      # remove the # before its name. An environment variable FELIX_<NAME>, in any case, comes before
      # this file; the file comes before the FelixConfiguration resources node.<host> and default. The
      # value none is the type's zero: 0, false, nothing. Changes here need a restart of the agent.
      #
      # Written by SampleFileTest; do not edit.

      [global]
      """;

  @Test
  void sampleHoldsAllSettings() throws IOException {
    String sample =
        Settings.all().stream()
            .map(SampleFileTest::entry)
            .collect(Collectors.joining("", HEAD, ""));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, sample);
    }

    assertThat(sample).isEqualTo(Files.readString(FILE));
  }

  @Test
  void sampleSetsNothing() throws IOException {
    assertThat(IniFile.parse(Files.readString(FILE)).values()).isEmpty();
  }

  @Test
  void sampleWithoutCommentSignsSaysTheDefaults() throws IOException {
    String all = Files.readString(FILE).replaceAll("(?m)^#(?=\\w)", "");
    var config =
        FelixConfig.resolve(RawConfig.empty().with(Source.FILE, IniFile.parse(all).values()));

    assertThat(config.differencesTo(FelixConfig.resolve(RawConfig.empty()))).isEmpty();
    assertThat(config.findings()).noneMatch(Finding::isWarning);
    assertThat(IniFile.parse(all).values()).hasSameSizeAs(Settings.all());
  }

  private static String entry(Setting<?> setting) {
    return "\n# %s\n# Type: %s%s%s.\n#%s\n"
        .formatted(
            setting.help(),
            setting.type().syntax(),
            setting.traits().where() == Traits.Where.LOCAL_ONLY ? "; not from the datastore" : "",
            setting.traits().none() == Traits.None.REFUSED ? "; none is not allowed" : "",
            (setting.name() + " = " + setting.defaultText()).strip());
  }
}
