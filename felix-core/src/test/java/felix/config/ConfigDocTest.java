package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/config.md is made of the settings; {@code -Dgolden.update=true} writes it anew. */
class ConfigDocTest {
  private static final Path FILE = Path.of("../docs/config.md");

  private static final String HEAD =
      """
      # Settings

      A setting has one name everywhere: in the file `/etc/calico/felix.cfg` (`-c FILE` for another) as `Name = value`, in the
      environment as `FELIX_NAME` in any case, and in etcd as the field of a FelixConfiguration that has this name with a small first
      letter, or as an annotation `config.projectcalico.org/Name` of it, which wins. The first of these that holds a value wins:
      environment, file, FelixConfiguration `node.<host>`, FelixConfiguration `default`, the default below. Names marked * are not
      taken from etcd. `calico-felix config` prints what is in effect, and where it comes from.

      An empty value is none. `none` means zero, false or an empty list; it is refused where the third column says so.

      A text that is no value is reported and the default is used, also where a later source holds a good one. Not so for names
      marked !, and for `none` where it is refused: an agent that starts waits, and reads everything again each second until it is
      mended; one that runs goes on with what it has, and takes nothing else over.

      The fourth column says what a new value in etcd does. `restart`: the agent ends with status 129, to be started again. `live`: it
      follows within the process. `-`: nothing, since the setting is accepted and has no effect, for the reason that the last column
      gives. Environment and file are read when the agent starts.

      The fifth column says whose name it is: that of Felix v3.14, of later ones, of ones before it, or ours.

      `DATASTORE_TYPE`, `ETCD_ENDPOINTS`, `ETCD_DISCOVERY_SRV`, `ETCD_USERNAME`, `ETCD_PASSWORD`, `ETCD_KEY_FILE`, `ETCD_CERT_FILE` and
      `ETCD_CA_CERT_FILE`, also with `CALICO_` before them, count as the settings of these names after the file ([etcd.md](etcd.md)).

      Made by `ConfigDocTest` from the constants in `felix.config`.
      """;

  private static final Map<String, String> WHOSE =
      SettingRow.table("felix-parameters.txt", 5).stream()
          .collect(Collectors.toMap(List::getFirst, List::getLast));

  @Test
  void documentationIsThatOfTheSettings() throws IOException {
    String text =
        Settings.sections().stream()
            .map(ConfigDocTest::section)
            .collect(Collectors.joining("", HEAD, ""));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, text);
    }

    assertThat(FILE).hasContent(text);
  }

  private static String section(Section section) {
    return section.settings().stream()
        .map(ConfigDocTest::line)
        .collect(
            Collectors.joining(
                "",
                """

                ## %s

                | name | default | values | change | of | meaning |
                |---|---|---|---|---|---|
                """
                    .formatted(section.title()),
                ""));
  }

  private static String line(Setting<?> setting) {
    Traits traits = setting.traits();
    String local = traits.where() == Traits.Where.LOCAL_ONLY ? "*" : "";
    String vital = traits.onBad() == Traits.OnBad.WAIT ? "!" : "";
    String marks = (local + vital).isEmpty() ? "" : " " + local + vital;
    String none = traits.none() == Traits.None.REFUSED ? "; not none" : "";
    String value = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
    String unused = setting.isUsed() ? "" : " Unused: " + traits.unused() + ".";
    return "| %s%s | %s | %s%s | %s | %s | %s%s |\n"
        .formatted(
            setting.name(),
            marks,
            value.replace("|", "\\|"),
            setting.type().syntax().replace("|", "\\|"),
            none,
            setting.isUsed() ? change(traits.onChange()) : "-",
            WHOSE.getOrDefault(setting.name(), "ours"),
            setting.help(),
            unused);
  }

  private static String change(Traits.OnChange change) {
    return switch (change) {
      case RESTART -> "restart";
      case LIVE -> "live";
    };
  }
}
