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
 * Destroys sets that nobody wants. Sets that rules of others still name stay, without noise, until
 * the next read of the kernel shows that they are free.
 */
final class IpSetDeletions implements Driver {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final IpSetState state;
  private final CountedIpSets kernel;
  private long writes;

  IpSetDeletions(String name, IpSetState state, CountedIpSets kernel) {
    this.name = name;
    this.state = state;
    this.kernel = kernel;
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
    try {
      if (!destroy().isEmpty()) {
        state.readReferences(kernel.headers());
        List<IpSetRefusal> refused = destroy();
        if (!refused.isEmpty()) {
          throw refused.getFirst().toException();
        }
      }
    } catch (KernelException e) {
      return new ApplyOutcome.Partly(PAUSE, e);
    }
    return state.inUse().isEmpty()
        ? ApplyOutcome.IN_SYNC
        : new ApplyOutcome.NotReady("still in use: " + state.inUse());
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
