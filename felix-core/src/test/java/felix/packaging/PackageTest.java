package felix.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Shell;
import felix.lab.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tarball and the Debian package, made of the agent as it was built for the tests. */
@Tag("packets")
class PackageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path MADE = ROOT.resolve("target/package");
  private static final Path CONTENTS = Path.of("src/test/resources/packaging/contents.txt");

  /** Not where it was packed, as on a node. */
  private static final Path INSTALLED = Path.of("target/installed").toAbsolutePath();

  private static final String UNIT = "systemd/dcos-calico-felix.service";

  /** The C library of CentOS 7, on which DC/OS runs. */
  private static final String OLDEST_GLIBC = "2.17";

  private static final Shell SHELL = Shell.here();

  @BeforeAll
  static void pack() {
    SHELL.run(ROOT + "/bin/package --as-built");
    SHELL.run("rm -rf %1$s && mkdir %1$s".formatted(INSTALLED));
    SHELL.run(
        "tar -xzf %s/calico-felix-*.tar.gz --strip-components 1 -C %s".formatted(MADE, INSTALLED));
  }

  /**
   * The runtime's own files, the documents and the libraries' licences are their owners' matter.
   */
  @Test
  void tarballHoldsWhatIsListed() throws IOException {
    String contents =
        tarball()
            .filter(file -> !file.matches("runtime/.*|docs/.*|config/.*|licences/.*/.*"))
            .map(file -> file.replaceAll("-\\d[\\d.]*-SNAPSHOT", "-VERSION"))
            .reduce("", (all, file) -> all + file + "\n");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(CONTENTS, contents);
    }

    assertThat(contents).isEqualTo(Files.readString(CONTENTS));
  }

  @Test
  void tarballHoldsAllDocumentsAndSamples() {
    assertThat(tarball().filter(file -> file.matches("(docs|config)/.*")))
        .containsExactlyInAnyOrderElementsOf(
            lines("cd %s && find docs config -type f".formatted(ROOT)).toList());
  }

  @Test
  void debianPackageHoldsTheTarballBelowOptAndLittleElse() {
    var files =
        lines("dpkg-deb --fsys-tarfile %s/calico-felix_*.deb | tar -t".formatted(MADE))
            .map(file -> file.substring("./".length()))
            .filter(file -> !file.isEmpty() && !file.endsWith("/"))
            .toList();

    assertThat(files.stream().filter(file -> file.startsWith("opt/")))
        .containsExactlyInAnyOrderElementsOf(
            tarball()
                .filter(file -> !file.equals(UNIT))
                .map(file -> "opt/calico-felix/" + file)
                .toList());
    assertThat(files.stream().filter(file -> !file.startsWith("opt/")))
        .containsExactlyInAnyOrder(
            "lib/systemd/system/dcos-calico-felix.service",
            "etc/calico/felix.cfg",
            "usr/bin/calico-felix",
            "usr/share/doc/calico-felix/changelog.gz",
            "usr/share/doc/calico-felix/copyright");
  }

  @Test
  void startsWhereThereIsNoJava() {
    assertThat(withoutJava(INSTALLED + "/bin/calico-felix --version")).isNotBlank();
    assertThat(withoutJava(INSTALLED + "/bin/rpf-check --help")).contains("rpf-check");
  }

  /** Java goes on in silence where the cache does not fit. */
  @Test
  void classesComeFromTheCache() {
    String log =
        SHELL.run(
            "JDK_JAVA_OPTIONS='-XX:AOTMode=on -Xlog:class+load' %s/bin/calico-felix --version"
                .formatted(INSTALLED));

    assertThat(log)
        .containsPattern("felix\\.agent\\.Main source: shared objects file")
        .doesNotContainPattern("felix\\.\\S+ source: file:");
  }

  @Test
  void nativeCodeIsContentWithAnOldCLibrary() {
    var programs =
        lines(
                "find %s -type f -size +4c -exec sh -c '[ \"$(head -c 4 \"$1\" | tail -c 3)\" = ELF ]' sh {} \\; -print"
                    .formatted(INSTALLED))
            .toList();
    String newest =
        SHELL
            .run(
                "objdump -T %s | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1"
                    .formatted(String.join(" ", programs)))
            .strip();

    assertThat(programs).anyMatch(p -> p.endsWith("/libjvm.so")).hasSizeGreaterThan(10);
    assertThat(List.of(newest.substring("GLIBC_".length()), OLDEST_GLIBC))
        .isSortedAccordingTo(
            (a, b) -> Runtime.Version.parse(a).compareTo(Runtime.Version.parse(b)));
  }

  @Test
  void unitIsValidWhereThePackageIsInstalled() {
    String verify =
        "mkdir /run/opt && mount --bind %1$s /run/opt && mount -t tmpfs tmpfs /opt && mkdir /opt/calico-felix && mount --bind /run/opt /opt/calico-felix && systemd-analyze verify /opt/calico-felix/%2$s 2>&1"
            .formatted(INSTALLED, UNIT);

    assertThat(SHELL.run("unshare --mount sh -c '%s'".formatted(verify))).isEmpty();
  }

  @Test
  void unitLeavesTheServiceFewRights() {
    String rating =
        SHELL.run(
            "systemd-analyze security --no-pager --offline=yes --threshold=25 %s/%s"
                .formatted(INSTALLED, UNIT));

    assertThat(rating).contains("Overall exposure level");
  }

  /** Those of {@code as-service}; the seccomp filter is the guest's matter. */
  @ParameterizedTest
  @EnumSource
  void worksWithTheRightsOfTheUnit(Backend backend) {
    var service = Path.of("src/test/resources/packaging/as-service").toAbsolutePath();
    System.setProperty("lab.agent", service.toString());
    var bookstore = World.bookstore().states().getFirst();

    try (var lab = new Lab(PackageTest.class, backend)) {
      lab.load(bookstore);
      lab.startAgent().awaitReady();
      lab.settle();

      assertThat(lab.wrongVerdicts(bookstore)).isEmpty();
      assertThat(lab.agent().log()).doesNotContain("ERROR").doesNotContain("Permission denied");
    }
  }

  private static Stream<String> tarball() {
    return lines("tar -tzf %s/calico-felix-*.tar.gz".formatted(MADE))
        .filter(file -> !file.endsWith("/"))
        .map(file -> file.substring(file.indexOf('/') + 1));
  }

  private static Stream<String> lines(String command) {
    return SHELL.run(command).lines().sorted();
  }

  private static String withoutJava(String command) {
    return SHELL.run(
        "unshare --mount sh -c 'mount -t tmpfs tmpfs %s && env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin %s'"
            .formatted(System.getProperty("java.home"), command));
  }
}
