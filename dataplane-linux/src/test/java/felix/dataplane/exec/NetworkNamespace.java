package felix.dataplane.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace that {@code .mvn/netns/bin/java} gives the JVM of a kernel test. */
public final class NetworkNamespace {
  private NetworkNamespace() {}

  /**
   * To be asked before a test changes rules, sets or routes.
   *
   * @throws IllegalStateException in the namespace that the build was started in
   */
  public static void requireOwn() {
    String outer = System.getenv("OUTER_NETNS");
    if (outer == null || outer.equals(current())) {
      throw new IllegalStateException(
          "this test needs a network namespace of its own; run it with mvn -Pnetns verify");
    }
  }

  private static String current() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    } catch (IOException e) {
      throw new IllegalStateException("no network namespaces here", e);
    }
  }
}
