package felix.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilePagesTest {
  private static final Path SMAPS = Path.of("/proc/self/smaps");

  /** And this JVM goes on after it, each time. */
  @Test
  void thisJvmsCodeIsGivenBack() throws IOException {
    long bytes =
        FilePages.ofJvm(Mapping.all(Files.readAllLines(SMAPS))).stream()
            .mapToLong(Mapping::bytes)
            .sum();
    var pages = new FilePages();
    assertThat(pages.giveBack()).isEqualTo(bytes).isGreaterThan(10 << 20);
    assertThat(pages.giveBack()).isEqualTo(bytes);
  }

  @Test
  void whatMayBeUnmappedOrWrittenToIsLeftAlone() {
    var code = new Mapping(0, 1, "/opt/jdk/lib/server/libjvm.so", false, 0);
    var classes = new Mapping(2, 3, "/opt/calico-felix/lib/classes.aot", false, 0);
    var relocated = new Mapping(4, 5, "/opt/calico-felix/lib/classes.aot", false, 4);
    var symbols = new Mapping(6, 7, "/opt/jdk/lib/server/libjvm.so", true, 0);
    var other = new Mapping(8, 9, "/tmp/jffi123.so", false, 0);
    assertThat(FilePages.ofJvm(List.of(code, classes, relocated, symbols, other)))
        .containsExactly(code, classes);
  }
}
