package felix.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code bin/calico-felix} of a checkout, and its cache of classes: on a copy of what was built.
 */
@Tag("packets")
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path COPY = Path.of("target/launched").toAbsolutePath();
  private static final Path BUILT = COPY.resolve("felix-core/target");
  private static final Path CACHE = BUILT.resolve("classes.aot");
  private static final Shell SHELL = Shell.here();

  @BeforeEach
  void copy() {
    SHELL.run(
        "rm -rf %1$s && mkdir -p %1$s/bin %2$s && cp %3$s/bin/calico-felix %1$s/bin && cd %3$s/felix-core/target && cp -a felix-core-*.jar lib classes.aot* %2$s"
            .formatted(COPY, BUILT, ROOT));
  }

  @Test
  void classesComeFromTheCache() {
    assertThat(launch("-XX:AOTMode=on -Xlog:class+load"))
        .containsPattern("felix\\.agent\\.Main source: shared objects file")
        .doesNotContainPattern("felix\\.\\S+ source: file:");
  }

  @Test
  void startsWithoutCache() {
    SHELL.run("rm " + CACHE);

    assertThat(launch("-Xlog:class+load")).containsPattern("felix\\.agent\\.Main source: file:");
  }

  /** As after a build that trained nobody. */
  @Test
  void cacheThatIsOlderThanAJarIsLeftAsideInSilence() {
    SHELL.run("touch %s/lib/calc-graph-*.jar".formatted(BUILT));

    assertThat(launch("-Dsome=thing").lines()).hasSize(1);
  }

  @Test
  void cacheOfOtherJarsIsLeftAsideThoughItIsNewer() {
    SHELL.run("touch -d 2020-01-01 %s/lib/calc-graph-*.jar".formatted(BUILT));

    assertThat(launch("-Xlog:class+load")).containsPattern("felix\\.agent\\.Main source: file:");
  }

  @Test
  void startsWhereTheCacheIsBroken() {
    SHELL.run("truncate -s 100000 " + CACHE);

    assertThat(launch("-Dsome=thing")).containsPattern("(?m)^\\d[\\d.]+");
  }

  /** What the agent says of its version, and Java before it. */
  private static String launch(String options) {
    return SHELL.run(
        "JDK_JAVA_OPTIONS='%s' %s/bin/calico-felix --version".formatted(options, COPY));
  }
}
