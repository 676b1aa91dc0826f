package felix.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server, however long its port is taken: health and metrics are no reason not to enforce
 * policy.
 */
final class Listening {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Listening() {}

  /** Starts one server, or throws what keeps it from listening. */
  interface Server {
    void start() throws IOException;
  }

  /** Returns at once, with the server started if that is possible. */
  static void start(String name, Server server) {
    try {
      server.start();
    } catch (IOException e) {
      LOG.warn("{} cannot be served: {}; trying on", name, e.getMessage());
      Thread.ofPlatform().daemon().name(name).start(() -> keepTrying(name, server));
    }
  }

  /** The address, asked for anew if its host was not known: the next time it may be. */
  static InetSocketAddress resolved(InetSocketAddress address) {
    return address.isUnresolved()
        ? new InetSocketAddress(address.getHostString(), address.getPort())
        : address;
  }

  private static void keepTrying(String name, Server server) {
    while (true) {
      try {
        Thread.sleep(PAUSE);
        server.start();
        LOG.info("{} is served now", name);
        return;
      } catch (IOException e) {
        LOG.debug("{}: {}", name, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
