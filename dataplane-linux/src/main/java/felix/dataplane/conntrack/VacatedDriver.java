package felix.dataplane.conntrack;

import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.ConntrackEntry;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.route.VacatedAddresses;
import felix.model.Ip;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees addresses that workloads left from the connections that they began or answered: with an
 * entry for it a packet counts as part of an allowed connection, and would reach whoever has the
 * address next. Lives on the dataplane thread.
 *
 * <p>Nothing of it is known after a restart but the routes that an earlier process left; the route
 * driver tells of their addresses.
 *
 * <p>Where the kernel refuses, or tracks nothing, whoever waits for an address gets it all the
 * same, as with v3.14: to have no network is worse. An address that nobody wants is tried again,
 * and once more when somebody does. Once it is somebody's its connections are let alone.
 */
public final class VacatedDriver implements Driver, VacatedAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(VacatedDriver.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  /** As many as v3.14 makes, at once. */
  private static final int ATTEMPTS = 4;

  private final IpVersion version;
  private final Conntrack conntrack;
  private final LongSupplier nanoTime;
  private final ConnectionStatus status;

  /** Not tried since they were left, or since somebody wants them. */
  private final Set<Ip> fresh = new HashSet<>();

  /** Tried in vain; nobody wants them. */
  private final Set<Ip> stale = new HashSet<>();

  private int failures;
  private long retryAt;
  private @Nullable KernelException cause;
  private long writes;

  public VacatedDriver(
      IpVersion version, Conntrack conntrack, ConnectionStatus status, LongSupplier nanoTime) {
    this.version = version;
    this.conntrack = conntrack;
    this.status = status;
    this.nanoTime = nanoTime;
  }

  @Override
  public void vacated(Ip address) {
    fresh.add(address);
  }

  @Override
  public boolean claimed(Ip address) {
    if (stale.remove(address)) {
      fresh.add(address);
    }
    return isFree(address);
  }

  @Override
  public boolean isFree(Ip address) {
    return !fresh.contains(address);
  }

  @Override
  public void occupied(Ip address) {
    stale.remove(address);
  }

  @Override
  public String name() {
    return "connections v" + version.number();
  }

  /** There is nothing to be read: what others do to connections is their business. */
  @Override
  public void queueResync() {}

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    if (fresh.isEmpty() && stale.isEmpty()) {
      cause = null;
      return ApplyOutcome.IN_SYNC;
    }
    long now = nanoTime.getAsLong();
    if (fresh.isEmpty() && cause != null && now - retryAt < 0) {
      return new ApplyOutcome.Partly(Duration.ofNanos(retryAt - now), cause);
    }
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return clean();
      } catch (KernelException e) {
        LOG.debug("{}: {}", name(), e.getMessage());
      }
    }
    try {
      return clean();
    } catch (KernelException e) {
      return failed(e);
    }
  }

  private ApplyOutcome clean() {
    long began = System.nanoTime();
    stale.addAll(fresh);
    List<ConntrackEntry> entries = conntrack.sentBy(version, stale);
    writes += entries.size();
    Removal.of(entries, conntrack);
    status.cleaned(entries.size(), System.nanoTime() - began);
    LOG.debug("{}: removed {} of {}", name(), entries.size(), stale);
    if (failures > 0) {
      LOG.info("{}: removed {} after {} failures", name(), entries.size(), failures);
    }
    fresh.clear();
    stale.clear();
    failures = 0;
    cause = null;
    return ApplyOutcome.IN_SYNC;
  }

  private ApplyOutcome failed(KernelException e) {
    failures++;
    status.failed();
    if (failures == 1) {
      LOG.warn(
          "{}: those of {} addresses that were left cannot be removed, whoever gets one of these"
              + " may inherit them: {}; will try again",
          name(),
          stale.size(),
          e.getMessage());
    }
    fresh.clear();
    cause = e;
    retryAt = nanoTime.getAsLong() + BACKOFF.delay(failures).toNanos();
    return new ApplyOutcome.Partly(BACKOFF.delay(failures), e);
  }
}
