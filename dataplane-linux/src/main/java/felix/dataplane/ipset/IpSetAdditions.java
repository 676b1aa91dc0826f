package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Creates sets and brings their members to what is desired, all in one {@code ipset restore}. Where
 * that is refused, the sets are written in ever smaller groups, until the one that is to blame
 * stands alone; it is put aside for a while and the others go on without it.
 */
final class IpSetAdditions implements Driver {
  /** More refusals than that in one apply are not the fault of single sets. */
  private static final int MAX_REFUSALS = 64;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final String name;
  private final IpSetState state;
  private final IpSetCommands commands;
  private final SetsAside aside;
  private long writes;
  private int refusals;
  private int failures;

  IpSetAdditions(String name, IpSetState state, IpSetCommands commands, LongSupplier nanoTime) {
    this.name = name;
    this.state = state;
    this.commands = commands;
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
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    try {
      if (!state.isKnown() || aside.anyDue()) {
        read();
      }
      refusals = 0;
      List<TrackedSet> pending = state.pending();
      write(pending.stream().filter(set -> !aside.contains(set)).toList());
      pending.stream()
          .filter(this::isToBeTried)
          .limit(MAX_REFUSALS - refusals)
          .forEach(set -> write(List.of(set)));
      if (refusals > 0) {
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
    return aside.isDue(set) || (aside.contains(set) && !set.surplus().isEmpty());
  }

  private void read() {
    state.forget();
    state.read(commands.list(state.ours()));
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

  private void write(List<TrackedSet> sets) {
    if (sets.isEmpty()) {
      return;
    }
    writes++;
    CommandResult result = commands.restore(RestoreText.writing(sets, state::tempName));
    if (result.succeeded()) {
      sets.forEach(state::written);
      sets.forEach(aside::release);
    } else if (refusals++ >= MAX_REFUSALS) {
      throw new KernelException("ipset restore", result.errors().strip());
    } else if (sets.size() == 1) {
      aside.put(sets.getFirst(), new KernelException("ipset restore", result.errors().strip()));
    } else {
      int half = sets.size() / 2;
      write(sets.subList(0, half));
      write(sets.subList(half, sets.size()));
    }
  }
}
