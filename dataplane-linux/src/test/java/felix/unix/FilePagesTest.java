package felix.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FilePagesTest {
  private static final Path SMAPS = Path.of("/proc/self/smaps");

  /** All of the JVM's code but what is not shared; and this one goes on after it. */
  @Test
  void thisJvmsCodeIsGivenBack() throws IOException {
    long code =
        Mapping.all(Files.readAllLines(SMAPS)).stream()
            .filter(mapping -> mapping.file().endsWith("/libjvm.so") && mapping.isOfFileAlone())
            .mapToLong(Mapping::bytes)
            .sum();
    assertThat(FilePages.giveBack()).isGreaterThanOrEqualTo(code).isPositive();
  }

  @Test
  void librariesThatMayBeUnloadedAreLeftAlone() {
    assertThat(FilePages.isOfJvm("/tmp/jffi123.so")).isFalse();
    assertThat(FilePages.isOfJvm("/opt/jdk/lib/server/libjvm.so")).isTrue();
    assertThat(FilePages.isOfJvm("/opt/calico-felix/lib/classes.aot")).isTrue();
  }
}
