package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kernel, over a socket that is there for the one question: it comes seldom, from any
 * thread.
 */
final class KernelFingerprints implements RuleFingerprints {
  private static final Logger log = LoggerFactory.getLogger(KernelFingerprints.class);

  /** The answer has some 60 bytes. */
  private static final int ANSWER_BYTES = 4 << 10;

  private final Duration timeout;

  /** One that waits so long for an answer. */
  KernelFingerprints(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public OptionalLong nfTables() {
    var options =
        new SocketOptions(SocketOptions.NETFILTER, 0, timeout, ANSWER_BYTES, ANSWER_BYTES);
    try (var generation = new NfTablesGeneration(() -> NetlinkSocket.open(options))) {
      return generation.read();
    } catch (KernelException e) {
      log.debug("nf_tables tells no generation: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  @Override
  public OptionalLong ipTables(IpVersion version, String table) {
    try {
      return OptionalLong.of(LegacyTables.of(version).digest(table));
    } catch (KernelException e) {
      log.debug("no digest: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }
}
