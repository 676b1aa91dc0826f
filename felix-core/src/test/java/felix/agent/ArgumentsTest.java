package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static Arguments parse(String... arguments) {
    return Arguments.parse(List.of(arguments));
  }

  @Test
  void readsTheFilesName() {
    var run = new Arguments.Run(Path.of("/x y.cfg"));

    assertThat(parse()).isEqualTo(new Arguments.Run(Path.of("/etc/calico/felix.cfg")));
    assertThat(parse("-c", "/x y.cfg")).isEqualTo(run);
    assertThat(parse("--config-file", "/x y.cfg")).isEqualTo(run);
    assertThat(parse("--config-file=/x y.cfg")).isEqualTo(run);
  }

  @Test
  void printsInsteadOfRunning() {
    assertThat(parse("--version")).isEqualTo(new Arguments.Version());
    assertThat(parse("-c", "x", "--help")).isEqualTo(new Arguments.Help());
  }

  @Test
  void printsTheConfiguration() {
    var file = Path.of("/etc/calico/felix.cfg");

    assertThat(parse("config")).isEqualTo(new Arguments.Config(file, false, false));
    assertThat(parse("config", "--json", "-c", "/x", "--offline"))
        .isEqualTo(new Arguments.Config(Path.of("/x"), true, true));
    assertThat(parse("--json")).isEqualTo(new Arguments.Wrong("unknown argument --json"));
  }

  @Test
  void uninstallsWithOrWithoutWriting() {
    var standard = Arguments.DEFAULT_CONFIG_FILE;

    assertThat(parse("uninstall")).isEqualTo(new Arguments.Uninstall(standard, false));
    assertThat(parse("uninstall", "--dry-run")).isEqualTo(new Arguments.Uninstall(standard, true));
    assertThat(parse("uninstall", "-c", "x", "--dry-run"))
        .isEqualTo(new Arguments.Uninstall(Path.of("x"), true));
    assertThat(parse("uninstall", "--help")).isEqualTo(new Arguments.Help());
    assertThat(parse("--dry-run")).isEqualTo(new Arguments.Wrong("unknown argument --dry-run"));
    assertThat(parse("uninstall", "--dry"))
        .isEqualTo(new Arguments.Wrong("unknown argument --dry"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(parse("--verbose")).isEqualTo(new Arguments.Wrong("unknown argument --verbose"));
    assertThat(parse("-c")).isEqualTo(new Arguments.Wrong("-c needs a file"));
  }
}
