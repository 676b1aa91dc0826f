package felix.agent;

import felix.rpf.RpFilterSettings;
import felix.rpf.RpfCheck;
import felix.rpf.RpfTable;
import felix.rpf.RpfVerdict;
import felix.rpf.WorkloadInterfaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the host's reverse path filtering now and then: somebody may make it loose under a
 * running agent, which says so once and goes on, as its rule drops what is forged. On a thread of
 * its own, as a host has a file to read for each of its interfaces; the answers are for any thread.
 */
final class RpfWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RpfWatch.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Supplier<RpFilterSettings> host;
  private final WorkloadInterfaces workloads;
  private volatile RpFilterSettings seen = new RpFilterSettings(null, null, List.of());

  RpfWatch(Supplier<RpFilterSettings> host, WorkloadInterfaces workloads) {
    this.host = host;
    this.workloads = workloads;
  }

  /** Goes on looking until the process ends. */
  void start() {
    Thread.ofPlatform().daemon().name("rpf-watch").start(this::lookNowAndThen);
  }

  /** Looks for the first time. */
  void look() {
    seen = host.get();
  }

  /** Looks again, and says what became of it. */
  void lookAgain() {
    boolean wasLoose = isLoose();
    look();
    if (!wasLoose && verdict(false) instanceof RpfVerdict.Refused(var reason)) {
      LOG.warn("This host has become one that the agent would not start on. {}", reason);
    } else if (wasLoose && !isLoose()) {
      LOG.info("Reverse path filtering is no longer loose");
    }
  }

  /** On what was seen last. */
  RpfVerdict verdict(boolean ignoreLooseRpf) {
    return RpfCheck.judge(seen, workloads, ignoreLooseRpf);
  }

  /** Whether the kernel would let a workload forge addresses that it should not, or may. */
  boolean isLoose() {
    return verdict(false) instanceof RpfVerdict.Refused;
  }

  /** Whether the kernel itself drops all forged addresses. */
  boolean isEnforced() {
    return verdict(false) instanceof RpfVerdict.Enforced;
  }

  /** The verdicts on workloads' interfaces, for the metrics. */
  Map<String, String> verdicts(boolean ignoreLooseRpf) {
    return RpfTable.verdicts(seen, workloads, ignoreLooseRpf);
  }

  private void lookNowAndThen() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        lookAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
