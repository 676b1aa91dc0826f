package felix.dataplane.attached;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.Refusal;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one kind of object that hangs on interfaces to what is wished for. Lives on the dataplane
 * thread.
 *
 * <p>Objects are replaced in one step where the kernel can do that, so that nothing is missing in
 * between. Wishes wait while their interface is not up; what the kernel refuses is put aside and
 * tried again later.
 */
public final class AttachedDriver<I, W, K, V extends RtnetlinkObject> implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedDriver.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  /** Nothing to be removed, or no link that it could be on. */
  private static final Set<Errno> GONE_ALREADY =
      Set.of(Errno.ESRCH, Errno.ENOENT, Errno.ENODEV, Errno.ENXIO);

  /** The link went, or went down; news of that are on their way. */
  private static final Set<Errno> LINK_NOT_READY = Set.of(Errno.ENODEV, Errno.ENETDOWN);

  private final String name;
  private final AttachedKind<I, W, K, V> kind;
  private final Rtnetlink netlink;
  private final AttachedState<I, W, K, V> state;
  private final Aside<V> aside;
  private final AttachedStatus status = new AttachedStatus();
  private boolean resyncQueued = true;
  private boolean inDoubt;
  private int failures;
  private long writes;

  public AttachedDriver(
      String name, AttachedKind<I, W, K, V> kind, Rtnetlink netlink, LongSupplier nanoTime) {
    this.name = name;
    this.kind = kind;
    this.netlink = netlink;
    this.state = new AttachedState<>(kind, nanoTime);
    this.aside = new Aside<>(nanoTime);
  }

  @Override
  public String name() {
    return name;
  }

  public Desired<I, W> desired() {
    return state;
  }

  public void onInterface(InterfaceChange change) {
    aside.release();
    if (state.onInterface(change)) {
      queueResync();
    }
  }

  /** What somebody did to an object, perhaps we; what is not of this kind does not matter. */
  public void onEvent(RtnetlinkEvent event) {
    V object = kind.ofThisKind(event.object());
    inDoubt |= object != null && state.isContradictedBy(object, event.gone());
  }

  @Override
  public void onEventsLost() {
    inDoubt = true;
  }

  @Override
  public boolean isInDoubt() {
    return inDoubt && !resyncQueued;
  }

  @Override
  public void queueResync() {
    resyncQueued = true;
  }

  @Override
  public long writes() {
    return writes;
  }

  /** Shows what of ours the kernel holds, with the name of the interface that it is on. */
  void held(BiConsumer<V, String> consumer) {
    state.held(consumer);
  }

  /** For metrics. */
  AttachedStatus status() {
    return status;
  }

  @Override
  public Set<String> refused() {
    return aside.objects().stream().map(state::interfaceName).collect(Collectors.toSet());
  }

  @Override
  public List<String> unwanted() {
    if (resyncQueued) {
      read();
    }
    return state.unwanted();
  }

  @Override
  public ApplyOutcome apply() {
    return apply(() -> {});
  }

  /**
   * As {@link #apply()}.
   *
   * @param beforePlan called when what the kernel holds is known; it may change what is desired
   */
  ApplyOutcome apply(Runnable beforePlan) {
    try {
      if (resyncQueued || aside.isDue()) {
        read();
      }
      beforePlan.run();
      status.holds(state.wishCount(), state.interfaceCount());
      ApplyOutcome outcome = execute(state.plan(aside::contains));
      failures = 0;
      return outcome;
    } catch (KernelException e) {
      queueResync();
      failures++;
      return new ApplyOutcome.Retry(BACKOFF.delay(failures), e);
    }
  }

  private void read() {
    long began = System.nanoTime();
    state.read(kind.list(netlink));
    status.read(System.nanoTime() - began);
    aside.release();
    resyncQueued = false;
    inDoubt = false;
  }

  private ApplyOutcome execute(Plan<V> plan) {
    aside.retainAll(plan.resting());
    putAside(plan.conflicts());
    var requests = new ArrayList<Request>();
    plan.removals().forEach(object -> requests.add(new Request(Operation.DELETE, object)));
    plan.updates().forEach(object -> requests.add(new Request(write(object), object)));
    writes += requests.size();
    var refusals = new IdentityHashMap<Request, Refusal>();
    long began = System.nanoTime();
    netlink.execute(requests).forEach(refusal -> refusals.put(refusal.request(), refusal));
    if (!requests.isEmpty()) {
      status.wrote(System.nanoTime() - began);
    }

    Iterator<Request> executed = requests.iterator();
    for (V object : plan.removals()) {
      Refusal refusal = refusals.get(executed.next());
      if (refusal == null || GONE_ALREADY.contains(refusal.errno())) {
        state.removed(object);
      } else {
        putAside(object, refusal);
      }
    }
    for (V object : plan.updates()) {
      Refusal refusal = refusals.get(executed.next());
      if (refusal == null) {
        state.written(object);
      } else {
        putAside(object, refusal);
      }
    }
    aside.endOfTry();
    return outcome(plan);
  }

  /** Somebody may have been faster since we last read. */
  private Operation write(V object) {
    return state.mayReplace(object) ? Operation.REPLACE : Operation.ADD;
  }

  /** They may be many, and of one cause. */
  private void putAside(List<Conflict<V>> conflicts) {
    int news = 0;
    for (var conflict : conflicts) {
      String why = kind.conflict(conflict.wanted(), conflict.other());
      var cause = new KernelException("write " + conflict.wanted(), why);
      if (aside.put(conflict.wanted(), cause) && news++ == 0) {
        LOG.warn("{}: {}; will try again", name, cause.getMessage());
      }
    }
    if (news > 1) {
      LOG.warn("{}: and {} others that are in conflict like this", name, news - 1);
    }
  }

  private void putAside(V object, Refusal refusal) {
    KernelException cause = refusal.toException();
    if (aside.put(object, cause) && !LINK_NOT_READY.contains(refusal.errno())) {
      LOG.warn("{}: {}; will try again", name, cause.getMessage());
    }
  }

  private ApplyOutcome outcome(Plan<V> plan) {
    KernelException cause = aside.cause();
    if (cause != null) {
      return new ApplyOutcome.Partly(aside.pause(), cause);
    }
    return plan.waiting() == 0
        ? ApplyOutcome.IN_SYNC
        : new ApplyOutcome.NotReady(plan.waiting() + " wait for their interface");
  }
}
