package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetRefusal;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Creates sets and brings their members to what is desired, all of them together. One of which the
 * kernel refuses something is put aside for a while, and the others go on without it.
 */
final class IpSetAdditions implements Driver {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final String name;
  private final IpSetState state;
  private final CountedIpSets kernel;
  private final ReadBeside beside;
  private final SetsAside aside;
  private long writes;
  private int failures;

  IpSetAdditions(
      String name,
      IpSetState state,
      CountedIpSets kernel,
      ReadBeside beside,
      LongSupplier nanoTime) {
    this.name = name;
    this.state = state;
    this.kernel = kernel;
    this.beside = beside;
    this.aside = new SetsAside(nanoTime);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void queueResync() {
    state.forget();
  }

  @Override
  public boolean refresh() {
    if (!state.isKnown() || beside.isHopeless()) {
      queueResync();
      return true;
    }
    beside.begin(state::expected);
    return beside.hasEnded();
  }

  @Override
  public boolean hasRead() {
    return beside.hasEnded();
  }

  @Override
  public boolean isReading() {
    return beside.isUnderWay();
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    try {
      if (!state.isKnown() || aside.anyDue()) {
        read();
      } else {
        kernel.poll().ifPresent(state::read);
      }
      if (!write(state.pending().stream().filter(this::isToBeTried).toList())) {
        read();
      }
      failures = 0;
      return outcome();
    } catch (KernelException e) {
      state.forget();
      return new ApplyOutcome.Retry(BACKOFF.delay(++failures), e);
    }
  }

  /** What is to leave a set does not wait: it would let packets pass, and it makes room. */
  private boolean isToBeTried(TrackedSet set) {
    return !aside.contains(set) || aside.isDue(set) || !set.surplus().isEmpty();
  }

  private void read() {
    state.forget();
    state.read(kernel.read(state::newReading));
  }

  private ApplyOutcome outcome() {
    aside.retainAll(state.pending());
    if (aside.isEmpty()) {
      return ApplyOutcome.IN_SYNC;
    }
    return aside.mayGoOnWithout()
        ? new ApplyOutcome.Partly(aside.pause(), aside.cause())
        : new ApplyOutcome.Retry(aside.pause(), aside.cause());
  }

  /** Whether nothing was refused. */
  private boolean write(List<TrackedSet> sets) {
    if (sets.isEmpty()) {
      return true;
    }
    writes++;
    Map<TrackedSet, IpSetRefusal> refused = SetWriter.write(sets, kernel, state::tempName);
    for (TrackedSet set : sets) {
      IpSetRefusal refusal = refused.get(set);
      if (refusal == null) {
        state.written(set);
        aside.release(set);
      } else {
        aside.put(set, refusal.toException());
      }
    }
    return refused.isEmpty();
  }
}
