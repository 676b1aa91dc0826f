package felix.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      letter. The first of these that holds a value wins: environment, file, FelixConfiguration `node.<host>`, FelixConfiguration
      `default`, the default below. Names marked * are not taken from etcd.

      An empty value is none. `none` means zero, false or an empty list; it is refused where the last column says so. A value that
      cannot be read is reported and the default is used, also where a later source holds a good one. When a change in etcd gives a
      setting another value the agent ends with status 129, to be started again.

      `DATASTORE_TYPE`, `ETCD_ENDPOINTS`, `ETCD_DISCOVERY_SRV`, `ETCD_USERNAME`, `ETCD_PASSWORD`, `ETCD_KEY_FILE`, `ETCD_CERT_FILE` and
      `ETCD_CA_CERT_FILE`, also with `CALICO_` before them, count as the settings of these names after the file ([etcd.md](etcd.md)).

      Made by `ConfigDocTest` from the constants in `felix.config`.

      | name | default | values | meaning |
      |---|---|---|---|
      """;

  @Test
  void documentationIsThatOfTheSettings() throws IOException {
    String text =
        Settings.all().stream().map(ConfigDocTest::line).collect(Collectors.joining("", HEAD, ""));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, text);
    }

    assertThat(FILE).hasContent(text);
  }

  private static String line(Setting<?> setting) {
    String mark = setting.traits().where() == Traits.Where.LOCAL_ONLY ? " *" : "";
    String values =
        setting.type().syntax()
            + (setting.traits().none() == Traits.None.REFUSED ? "; not none" : "");
    String value =
        setting.defaultText().isEmpty()
            ? ""
            : "`" + setting.defaultText().replace("|", "\\|") + "`";
    return "| %s%s | %s | %s | %s |\n"
        .formatted(setting.name(), mark, value, values, setting.help());
  }
}
