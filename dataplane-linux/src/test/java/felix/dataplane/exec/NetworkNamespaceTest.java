package felix.dataplane.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says at once what is wrong where the JVM of the kernel tests did not get a namespace. */
@Tag("netns")
class NetworkNamespaceTest {
  @Test
  void thisJvmHasANetworkNamespaceOfItsOwn() {
    assertThatCode(NetworkNamespace::requireOwn).doesNotThrowAnyException();
  }

  @Test
  void itsLoopbackIsUp() throws IOException {
    assertThat(Files.readString(Path.of("/proc/self/net/if_inet6"))).contains(" lo");
  }
}
