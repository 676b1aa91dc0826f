package felix.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What parts of the agent say of themselves that have no status of their own. Each supplier is
 * asked at every scrape, on a thread of the server, and must answer at once.
 *
 * @param invalidSettings how many vital settings have a text that is no value of theirs
 * @param reversePath how strictly the kernel checks the sources of packets, {@link #ENFORCED},
 *     {@link #TOLERATED} or {@link #REFUSED}, by interface name
 */
public record Reports(
    Logs logs,
    EtcdSecurity etcd,
    Condition condition,
    IntSupplier invalidSettings,
    PolicySync policySync,
    Supplier<Map<String, String>> reversePath) {

  /** The kernel checks strictly. */
  public static final String ENFORCED = "enforced";

  /** It does not, and that is accepted. */
  public static final String TOLERATED = "tolerated";

  /** It does not, and that is not accepted. */
  public static final String REFUSED = "refused";

  static final List<String> REVERSE_PATH_VERDICTS = List.of(ENFORCED, TOLERATED, REFUSED);

  /** From parts that have nothing to say yet. */
  public static Reports none() {
    return new Reports(
        new Logs(() -> 0, () -> 0, () -> 0),
        new EtcdSecurity(() -> false, Map::of),
        new Condition(() -> true, () -> false),
        () -> 0,
        new PolicySync(() -> 0, () -> 0, () -> 0),
        Map::of);
  }

  /**
   * The log.
   *
   * @param dropped lines that an output was too slow for
   * @param errors failures to write a line
   * @param repeated lines not written since they had been shortly before
   */
  public record Logs(LongSupplier dropped, LongSupplier errors, LongSupplier repeated) {}

  /**
   * How the way to etcd is secured.
   *
   * @param insecure whether anybody on the way can read and change what etcd says
   * @param certificateExpiry of certificates in use, by which they are: {@code client}, {@code ca}
   */
  public record EtcdSecurity(
      BooleanSupplier insecure, Supplier<Map<String, Instant>> certificateExpiry) {}

  /** What {@code /liveness} and {@code /readiness} would answer. */
  public record Condition(BooleanSupplier live, BooleanSupplier ready) {}

  /**
   * Those who are told of policy beside the kernel.
   *
   * @param sockets workloads that have a socket
   * @param clients streams on them
   * @param refused workloads that should have a socket, and have none
   */
  public record PolicySync(IntSupplier sockets, IntSupplier clients, IntSupplier refused) {}

  public Reports with(Logs other) {
    return new Reports(other, etcd, condition, invalidSettings, policySync, reversePath);
  }

  public Reports with(EtcdSecurity other) {
    return new Reports(logs, other, condition, invalidSettings, policySync, reversePath);
  }

  public Reports with(Condition other) {
    return new Reports(logs, etcd, other, invalidSettings, policySync, reversePath);
  }

  public Reports with(PolicySync other) {
    return new Reports(logs, etcd, condition, invalidSettings, other, reversePath);
  }

  public Reports withInvalidSettings(IntSupplier other) {
    return new Reports(logs, etcd, condition, other, policySync, reversePath);
  }

  public Reports withReversePath(Supplier<Map<String, String>> other) {
    return new Reports(logs, etcd, condition, invalidSettings, policySync, other);
  }
}
