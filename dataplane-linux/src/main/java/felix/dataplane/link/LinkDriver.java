package felix.dataplane.link;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.link.LinkWish.Kept;
import felix.dataplane.link.LinkWish.Released;
import felix.dataplane.link.LinkWish.Wanted;
import felix.dataplane.link.Tunnel.IpIp;
import felix.dataplane.link.Tunnel.Vxlan;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.Ethtool;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Backoff;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings our tunnel devices to what is wished of them. Lives on the dataplane thread.
 *
 * <p>Ours after a restart are the devices with our two names, whatever they are.
 *
 * <p>There are few devices, and they hardly ever change. So whenever there is a reason to look, it
 * reads all links, repairs what is wrong, and looks again, until nothing is left to be repaired:
 * what it then believes is what the kernel said last. It reads for no other reasons than a new
 * wish, news that contradict what it believes, news of a device below, and when told to.
 */
public final class LinkDriver implements Driver {
  /** Made by us, and removed where nobody wishes for it. */
  public static final String VXLAN = "vxlan.calico";

  /** The kernel's own, which comes with its module and cannot be removed. */
  public static final String IPIP = "tunl0";

  private static final Set<String> NAMES = Set.of(VXLAN, IPIP);

  /** Three are needed to make a device and to see that it is right. */
  private static final int MAX_ROUNDS = 10;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final Rtnetlink netlink;
  private final Ethtool ethtool;
  private final LinkRepairer repairer;
  private final Map<String, LinkWish> wishes = new TreeMap<>();
  private Snapshot believed = Snapshot.EMPTY;
  private boolean readQueued = true;

  /** Whether the kernel may hold something else than what it last said. */
  private boolean inDoubt;

  private int failures;

  /**
   * Knows nothing of the kernel yet.
   *
   * @param commands to load a module that the kernel does not find by itself
   * @param nanoTime as {@link System#nanoTime}
   */
  public LinkDriver(
      Rtnetlink netlink, Ethtool ethtool, CommandRunner commands, LongSupplier nanoTime) {
    this.netlink = netlink;
    this.ethtool = ethtool;
    this.repairer = new LinkRepairer(netlink, ethtool, commands, nanoTime);
  }

  @Override
  public String name() {
    return "links";
  }

  /** Wishes by name: {@link #VXLAN} and {@link #IPIP}, no others. */
  public Desired<String, LinkWish> desired() {
    return new WishList();
  }

  public void onInterface(InterfaceChange change) {
    if (believed.contradicts(change) && isBelowOurs(change.name())) {
      queueResync();
    } else if (believed.contradicts(change) && isCaredFor(change.name())) {
      readQueued = true;
    }
  }

  /** Has the kernel read again if this is not as we believe it to be. */
  public void onEvent(RtnetlinkEvent event) {
    NAMES.stream()
        .filter(this::isCaredFor)
        .filter(name -> believed.contradicts(name, event))
        .forEach(name -> inDoubt = true);
  }

  @Override
  public void onEventsLost() {
    inDoubt = true;
  }

  @Override
  public boolean isInDoubt() {
    return inDoubt && !readQueued;
  }

  /** Has what was refused tried again, too. */
  @Override
  public void queueResync() {
    readQueued = true;
    repairer.aside().release();
  }

  @Override
  public List<String> unwanted() {
    believed = read();
    var lines = new ArrayList<String>();
    if (isUnwanted(VXLAN)) {
      lines.add("link " + VXLAN);
    }
    wishes.forEach(
        (name, wish) -> {
          if (wish instanceof Released) {
            lines.addAll(new LinkRelease(name, believed).lines());
          }
        });
    return lines;
  }

  private boolean isUnwanted(String name) {
    return !wishes.containsKey(name) && believed.named(name) != null;
  }

  @Override
  public ApplyOutcome apply() {
    if (repairer.aside().isDue()) {
      queueResync();
    }
    try {
      if (readQueued || inDoubt) {
        repair();
        readQueued = false;
        inDoubt = false;
      }
      failures = 0;
      return outcome();
    } catch (KernelException e) {
      readQueued = true;
      failures++;
      return new ApplyOutcome.Retry(BACKOFF.delay(failures), e);
    }
  }

  @Override
  public long writes() {
    return repairer.writes();
  }

  private void repair() {
    var carriedOut = new HashSet<String>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      believed = read();
      List<Repair> needed = needed();
      needed.stream()
          .filter(repair -> carriedOut.contains(repair.what()))
          .forEach(repairer::inVain);
      repairer.aside().retainAll(needed.stream().map(Repair::what).toList());
      needed.removeIf(repair -> repairer.aside().contains(repair.what()));
      if (needed.isEmpty()) {
        repairer.endOfTry();
        return;
      }
      for (Repair repair : needed) {
        if (repairer.tried(repair, believed)) {
          carriedOut.add(repair.what());
        }
      }
    }
    throw new KernelException("links", "not as wished after " + MAX_ROUNDS + " repairs");
  }

  private Snapshot read() {
    List<LinkMessage> links = netlink.links();
    var offloading = new HashSet<String>();
    for (var wish : wishes.entrySet()) {
      boolean there = links.stream().anyMatch(link -> link.name().equals(wish.getKey()));
      if (there && forbidsOffload(wish.getValue()) && offloads(wish.getKey())) {
        offloading.add(wish.getKey());
      }
    }
    return Snapshot.of(links, netlink.addresses(), offloading);
  }

  private static boolean forbidsOffload(LinkWish wish) {
    Vxlan vxlan = vxlan(wish);
    return vxlan != null && !vxlan.checksumOffload();
  }

  /** If the kernel does not say, it will say why when it is told to stop it. */
  private boolean offloads(String name) {
    try {
      return ethtool.checksumOffload(name);
    } catch (KernelException e) {
      return true;
    }
  }

  private List<Repair> needed() {
    var repairs = new ArrayList<Repair>();
    wishes.forEach(
        (name, wish) -> {
          switch (wish) {
            case Wanted wanted ->
                repairs.addAll(LinkPlan.of(name, wanted, believed, repairer.changesInPlace(name)));
            case Released() -> repairs.addAll(new LinkRelease(name, believed).repairs());
            case Kept() -> {}
          }
        });
    LinkMessage unwanted = wishes.containsKey(VXLAN) ? null : believed.named(VXLAN);
    if (unwanted != null) {
      var request = new Request(Operation.DELETE, unwanted);
      repairs.add(new Repair.Change("remove " + VXLAN, VXLAN, request, false));
    }
    return repairs;
  }

  private ApplyOutcome outcome() {
    KernelException cause = repairer.aside().cause();
    if (cause != null) {
      return new ApplyOutcome.Partly(repairer.aside().pause(), cause);
    }
    for (var wish : wishes.entrySet()) {
      if (wish.getValue() instanceof Wanted wanted && LinkPlan.waits(wanted, believed)) {
        return new ApplyOutcome.NotReady(wish.getKey() + " waits for its parent");
      }
    }
    return ApplyOutcome.IN_SYNC;
  }

  /** Whether it matters to us how this device is. */
  private boolean isCaredFor(String name) {
    return switch (wishes.get(name)) {
      case Wanted wanted -> true;
      case Kept kept -> false;
      case Released released -> false;
      case null -> name.equals(VXLAN);
    };
  }

  private boolean isBelowOurs(String name) {
    for (LinkWish wish : wishes.values()) {
      Vxlan vxlan = vxlan(wish);
      if (vxlan != null && vxlan.parentName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Vxlan vxlan(LinkWish wish) {
    return switch (wish) {
      case Wanted(Vxlan vxlan, var mtu, var mac, var address) -> vxlan;
      case Wanted(IpIp ipip, var mtu, var mac, var address) -> null;
      case Kept(), Released() -> null;
    };
  }

  /** The face of what is desired. */
  private final class WishList implements Desired<String, LinkWish> {
    @Override
    public void set(String name, LinkWish wish) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(name + " is no device of ours");
      }
      if (!wish.equals(wishes.put(name, wish))) {
        queueResync();
      }
    }

    @Override
    public void remove(String name) {
      if (wishes.remove(name) != null) {
        queueResync();
      }
    }

    @Override
    public void replaceAll(Map<String, LinkWish> all) {
      List.copyOf(wishes.keySet()).stream()
          .filter(name -> !all.containsKey(name))
          .forEach(this::remove);
      all.forEach(this::set);
    }
  }
}
