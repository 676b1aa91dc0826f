package felix.dataplane.ipset;

import static java.util.stream.Collectors.toSet;

import felix.dataplane.netlink.IpSetRefusal;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;

/**
 * Destroys sets that nobody wants. The kernel lets go of a set a moment after nftables has dropped
 * the rule that named it, so one in use is looked at again some times. Sets that rules of others
 * name stay, without noise, until the next read of the kernel shows that they are free.
 */
final class IpSetDeletions implements Driver {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A grace period of RCU takes some ten milliseconds on a busy host. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private static final int LOOKS = 5;

  private final String name;
  private final IpSetState state;
  private final CountedIpSets kernel;
  private final ReadBeside beside;
  private long writes;

  /** How often what is in use is to be looked at, before only a read of all tells more. */
  private int looksLeft;

  IpSetDeletions(String name, IpSetState state, CountedIpSets kernel, ReadBeside beside) {
    this.name = name;
    this.state = state;
    this.kernel = kernel;
    this.beside = beside;
  }

  @Override
  public String name() {
    return name;
  }

  /** Has the additions read; that tells all that is needed here. */
  @Override
  public void queueResync() {
    state.forget();
  }

  @Override
  public long writes() {
    return writes;
  }

  /** Also those that rules still name: these may be about to go. */
  @Override
  public List<String> unwanted() {
    if (!state.isKnown()) {
      state.read(kernel.read(state::newReading));
    }
    return state.unwanted().stream().map(set -> "ipset " + set).sorted().toList();
  }

  @Override
  public ApplyOutcome apply() {
    if (!state.isKnown()) {
      return new ApplyOutcome.NotReady("the sets could not be read");
    }
    if (beside.isUnderWay() && !state.destroyable().isEmpty()) {
      // nobody waits for that, and it would spoil the read
      return new ApplyOutcome.Partly(
          BETWEEN_LOOKS, new KernelException(name, "the sets are being read"));
    }
    try {
      lookAgain();
      if (!destroy().isEmpty()) {
        looksLeft = LOOKS;
        state.readReferences(kernel.headers());
        List<IpSetRefusal> refused = destroy();
        if (!refused.isEmpty()) {
          throw refused.getFirst().toException();
        }
      }
    } catch (KernelException e) {
      return new ApplyOutcome.Partly(PAUSE, e);
    }
    return outcome();
  }

  private void lookAgain() {
    if (looksLeft > 0 && !state.inUse().isEmpty()) {
      looksLeft--;
      state.readReferences(kernel.headers());
    }
  }

  private ApplyOutcome outcome() {
    if (state.inUse().isEmpty()) {
      return ApplyOutcome.IN_SYNC;
    }
    String why = "still in use: " + state.inUse();
    return looksLeft > 0
        ? new ApplyOutcome.Partly(BETWEEN_LOOKS, new KernelException(name, why))
        : new ApplyOutcome.NotReady(why);
  }

  private List<IpSetRefusal> destroy() {
    List<String> names = state.destroyable();
    if (names.isEmpty()) {
      return List.of();
    }
    writes++;
    List<IpSetRefusal> refused = kernel.run(names.stream().map(Destroy::new).toList());
    var left = refused.stream().map(refusal -> refusal.request().set()).collect(toSet());
    state.destroyed(names.stream().filter(name -> !left.contains(name)).toList());
    return refused;
  }
}
