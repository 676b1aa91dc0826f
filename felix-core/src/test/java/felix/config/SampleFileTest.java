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
      # Settings of Felix for DC/OS: all that have an effect, each with its default.
      #
      # The agent reads /etc/calico/felix.cfg, or the file that --config-file names. To set something,
      # remove the # before its name. An environment variable FELIX_<NAME>, in any case, comes before
      # this file; the file comes before the FelixConfiguration resources node.<host> and default. The
      # value none is the type's zero: 0, false, nothing. Changes here need a restart of the agent.
      # With a wrong text for a setting that is marked vital the agent waits until it is mended.
      # "calico-felix config" prints what is in effect. All names are in docs/config.md.
      #
      # Written by SampleFileTest; do not edit.

      [global]
      """;

  @Test
  void sampleHoldsAllSettingsThatHaveAnEffect() throws IOException {
    String sample =
        Settings.sections().stream()
            .map(SampleFileTest::section)
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
    assertThat(IniFile.parse(all).values())
        .hasSize((int) Settings.all().stream().filter(Setting::isUsed).count());
  }

  private static String section(Section section) {
    String title = "\n########## " + section.title() + " ##########\n";
    String entries =
        section.settings().stream()
            .filter(Setting::isUsed)
            .map(SampleFileTest::entry)
            .collect(Collectors.joining());
    return entries.isEmpty() ? "" : title + entries;
  }

  private static String entry(Setting<?> setting) {
    return "\n# %s\n# Type: %s%s%s%s.\n#%s\n"
        .formatted(
            setting.help(),
            setting.type().syntax(),
            setting.traits().where() == Traits.Where.LOCAL_ONLY ? "; not from the datastore" : "",
            setting.traits().none() == Traits.None.REFUSED ? "; none is not allowed" : "",
            setting.traits().onBad() == Traits.OnBad.WAIT ? "; vital" : "",
            (setting.name() + " = " + setting.defaultText()).strip());
  }
}
