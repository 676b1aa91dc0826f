package felix.dataplane.conntrack;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.ConntrackEntry;
import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import felix.verdict.Connection;
import felix.verdict.Connection.Payload;
import felix.verdict.Evaluator;
import felix.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connections of this host's workloads that the policy in force would deny if they began
 * now. Lives on the dataplane thread.
 *
 * <p>Left alone are connections that the host itself began, which no workload's policy decides;
 * those that are let in for another one's sake; and those of addresses that two endpoints have, as
 * long as one of the two allows them. What host endpoints' policy says of them is not asked.
 *
 * <p>It runs behind the tables, once they hold the policy: a connection that is cut too early would
 * be allowed anew by the old one. Reading the table takes a tenth of the time at most.
 */
public final class DeniedDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(DeniedDriver.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  /** Of a reading, to the pause behind it. */
  private static final int PAUSE_FACTOR = 10;

  private final IpVersion version;
  private final Conntrack conntrack;
  private final ConnectionStatus status;
  private final Evaluator policy;
  private final LongSupplier nanoTime;
  private final HostAddresses host = new HostAddresses();

  /** Policy may have changed while no process was there to see it. */
  private boolean outdated = true;

  private boolean pausing;
  private long pauseEnds;
  private int failures;
  private long writes;

  /** How this driver reaches the kernel, and who counts. */
  public record Access(Conntrack conntrack, ConnectionStatus status, LongSupplier nanoTime) {}

  /**
   * Has not looked at any connection yet.
   *
   * @param policy the one in force once all tables are written
   */
  public DeniedDriver(IpVersion version, Evaluator policy, Access access) {
    this.version = version;
    this.policy = policy;
    this.conntrack = access.conntrack();
    this.status = access.status();
    this.nanoTime = access.nanoTime();
    this.pauseEnds = nanoTime.getAsLong();
  }

  /** Policy changed: all connections are to be looked at. */
  public void reviewAll() {
    outdated = true;
  }

  public void onInterface(InterfaceChange change) {
    host.onInterface(change);
  }

  @Override
  public String name() {
    return "denied connections v" + version.number();
  }

  /** There is nothing to be read: others cannot make what policy denies. */
  @Override
  public void queueResync() {}

  @Override
  public boolean isInDoubt() {
    return pausing && nanoTime.getAsLong() - pauseEnds >= 0;
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    long now = nanoTime.getAsLong();
    pausing = outdated && now - pauseEnds < 0;
    if (pausing) {
      return new ApplyOutcome.NotReady("looked at connections a moment ago");
    }
    if (!outdated) {
      return ApplyOutcome.IN_SYNC;
    }
    try {
      cutDenied();
      outdated = false;
      failures = 0;
      pauseEnds = now + PAUSE_FACTOR * (nanoTime.getAsLong() - now);
      return ApplyOutcome.IN_SYNC;
    } catch (KernelException e) {
      return failed(e);
    }
  }

  private void cutDenied() {
    List<ConntrackEntry> denied = conntrack.list(version, this::isDenied);
    writes += denied.size();
    Removal.of(denied, conntrack);
    status.cut(denied.size());
    if (!denied.isEmpty()) {
      String first = denied.getFirst().original().toString();
      LOG.info("{}: cut {}, among them {}", name(), denied.size(), first);
    }
  }

  private ApplyOutcome failed(KernelException e) {
    failures++;
    status.failed();
    if (failures == 1) {
      LOG.warn("{}: {}; will try again", name(), e.getMessage());
    }
    return new ApplyOutcome.Partly(BACKOFF.delay(failures), e);
  }

  private boolean isDenied(ConntrackEntry entry) {
    if (entry.isRelated()) {
      return false;
    }
    List<Verdict> verdicts = policy.decide(connection(entry));
    return !verdicts.isEmpty()
        && verdicts.stream().noneMatch(Verdict::allowed)
        && !host.contains(entry.original().source());
  }

  /** As the filter table sees it: behind DNAT, and before SNAT. */
  private static Connection connection(ConntrackEntry entry) {
    Payload payload =
        switch (entry.original().detail()) {
          case Detail.Ports(int source, int destination) ->
              new Payload.Ports(
                  source,
                  entry.reply().detail() instanceof Detail.Ports(int behind, int back)
                      ? behind
                      : destination);
          case Detail.Icmp(int type, int code, int id) -> new Payload.Icmp(type, code);
          case Detail.None() -> new Payload.Other();
        };
    return new Connection(
        entry.original().source(), entry.reply().source(), entry.original().protocol(), payload);
  }
}
