package felix.dataplane.attached;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.monitor.InterfaceView;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.reconcile.DeltaTracker;
import felix.dataplane.reconcile.Desired;
import felix.model.IpVersion;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is wished for and what the kernel holds of one kind of object. Pure: it is told of the
 * kernel, and says what should be done.
 *
 * <p>A wish becomes an object to be held once its interface is there, since the kernel knows
 * interfaces by their index. What the kernel forgets by itself, because an interface goes, is
 * forgotten here as well.
 */
final class AttachedState<I, W, K, V extends RtnetlinkObject> implements Desired<I, W> {
  /** For how long there has been no interface. */
  private static final Duration ALWAYS = ChronoUnit.FOREVER.getDuration();

  private final AttachedKind<I, W, K, V> kind;
  private final InterfaceView interfaces;
  private final Wishes<I, W> wishes;
  private final Map<I, K> attached = new HashMap<>();
  private final DeltaTracker<K, V> tracker = new DeltaTracker<>();

  /** Keys of wishes that were taken back: what is held there is known not to be wanted. */
  private final Set<K> withdrawn = new HashSet<>();

  /** Objects behind others with the same key. */
  private final List<V> surplus = new ArrayList<>();

  /** Others' objects, and those on interfaces that we have not been told of yet. */
  private final Map<K, V> others = new HashMap<>();

  /** Objects on interfaces that we have not been told of yet, by index. */
  private final Map<Integer, List<V>> unclaimed = new HashMap<>();

  /** Interfaces gone since the last reading; one that comes back was renamed. */
  private final Set<Integer> gone = new HashSet<>();

  AttachedState(AttachedKind<I, W, K, V> kind, LongSupplier nanoTime) {
    this.kind = kind;
    this.interfaces = new InterfaceView(nanoTime);
    this.wishes = new Wishes<>(kind::interfaceName);
  }

  /** {@link AttachedKind#NO_INTERFACE} if it hangs on none that we know. */
  String interfaceName(V object) {
    InterfaceChange link = interfaces.withIndex(kind.linkIndex(object));
    return link == null ? AttachedKind.NO_INTERFACE : link.name();
  }

  @Override
  public void set(I id, W wish) {
    if (!wish.equals(wishes.get(id))) {
      withdraw(id);
      wishes.put(id, wish);
      attach(id, wish);
    }
  }

  @Override
  public void remove(I id) {
    withdraw(id);
    wishes.remove(id);
  }

  @Override
  public void replaceAll(Map<I, W> all) {
    var superfluous = new HashSet<>(wishes.ids());
    superfluous.removeAll(all.keySet());
    superfluous.forEach(this::remove);
    all.forEach(this::set);
  }

  /**
   * Takes over a change of an interface.
   *
   * @return whether the kernel may have forgotten, or hold, objects that we do not know about
   */
  boolean onInterface(InterfaceChange change) {
    InterfaceChange before = interfaces.update(change);
    boolean flushed = false;
    if (before != null && change.present() && before.index() == change.index()) {
      flushed = isFlushed(before, change) && !wishes.on(change.name()).isEmpty();
    } else {
      reattach(change.name());
      if (before != null) {
        gone.add(before.index());
      }
    }
    if (change.present()) {
      claim(change);
    }
    return flushed || (change.present() && gone.remove(change.index()));
  }

  /** Takes over what the kernel holds, in the kernel's order. */
  void read(List<V> objects) {
    gone.clear();
    surplus.clear();
    others.clear();
    unclaimed.clear();
    var actual = new HashMap<K, V>();
    var seen = new HashSet<K>();
    for (V object : objects) {
      boolean first = seen.add(kind.key(object));
      String name = interfaceName(kind.linkIndex(object));
      if (name != null && kind.isOurs(object, name)) {
        if (first) {
          actual.put(kind.key(object), object);
        } else {
          surplus.add(object);
        }
      } else {
        others.putIfAbsent(kind.key(object), object);
      }
      if (name == null) {
        unclaimed.computeIfAbsent(kind.linkIndex(object), i -> new ArrayList<>()).add(object);
      }
    }
    tracker.replaceActual(actual);
  }

  /**
   * Whether something that happened is not what we believe: an object of ours is gone, or became
   * another one; there is one of ours that we do not know of; or what stood in our way is gone.
   * Nothing is taken over, since it may not be the latest news.
   *
   * <p>Our own writes are believed before they are reported, so that reports of them agree. Not so
   * those of two writes to one key that come after the second: at worst one more reading.
   */
  boolean isContradictedBy(V object, boolean gone) {
    K key = kind.key(object);
    V held = tracker.actual(key);
    if (held != null) {
      return (gone || !held.equals(object)) && interfaceName(kind.linkIndex(held)) != null;
    }
    if (gone) {
      return others.containsKey(key) && tracker.desired(key) != null;
    }
    String name = interfaceName(kind.linkIndex(object));
    return name != null && kind.isOurs(object, name);
  }

  /**
   * What should be done now.
   *
   * @param aside objects not to be written or removed for the time being
   */
  Plan<V> plan(Predicate<V> aside) {
    forgetWhatWentWithItsInterface();
    withdrawn.retainAll(tracker.pendingRemovals());
    var unwanted = new ArrayList<V>();
    var wanted = new ArrayList<V>();
    var conflicts = new ArrayList<Conflict<V>>();
    tracker.pendingRemovals().forEach(key -> addIfHeld(key, unwanted));
    int waiting = wishes.ids().size() - attached.size();
    for (K key : tracker.pendingUpdates()) {
      V object = tracker.desired(key);
      V inTheWay = object == null ? null : inTheWay(key, object);
      if (object != null && inTheWay != null) {
        conflicts.add(new Conflict<>(object, inTheWay));
      } else if (object != null && isUp(object)) {
        wanted.add(object);
      } else if (object != null) {
        waiting++;
        addIfHeldElsewhere(key, object, unwanted);
      }
    }
    unwanted.removeIf(object -> !mayRemove(object));
    unwanted.addAll(surplus);
    return Plan.of(unwanted, wanted, conflicts, aside, waiting);
  }

  /** What a plan would remove, in words, sorted. */
  List<String> unwanted() {
    return plan(object -> false).removals().stream()
        .map(object -> kind.describe(object, nameOrNumber(kind.linkIndex(object))))
        .sorted()
        .toList();
  }

  /** Whether what the kernel holds with the same key, if anything, is ours to replace. */
  boolean mayReplace(V object) {
    return !kind.yields(object) || tracker.actual(kind.key(object)) != null;
  }

  /** Shows what of ours the kernel holds on interfaces that we know. */
  void held(BiConsumer<V, String> consumer) {
    for (V object : tracker.actual().values()) {
      String name = interfaceName(kind.linkIndex(object));
      if (name != null) {
        consumer.accept(object, name);
      }
    }
  }

  int wishCount() {
    return wishes.ids().size();
  }

  int interfaceCount() {
    return interfaces.size();
  }

  void removed(V object) {
    if (!surplus.remove(object)) {
      tracker.actualRemoved(kind.key(object));
    }
  }

  void written(V object) {
    tracker.actualSet(kind.key(object), object);
  }

  /** Of IPv4 routes that go in this way the kernel does not report. */
  private static boolean isFlushed(InterfaceChange before, InterfaceChange now) {
    boolean wentDown = before.up() && !now.up();
    boolean lostIpv4 =
        before.addresses().stream()
            .anyMatch(ip -> ip.version() == IpVersion.V4 && !now.addresses().contains(ip));
    return wentDown || lostIpv4;
  }

  private void attach(I id, W wish) {
    String name = kind.interfaceName(id, wish);
    InterfaceChange link = interfaces.named(name);
    if (link != null || name.equals(AttachedKind.NO_INTERFACE)) {
      V object = kind.attach(id, wish, link == null ? 0 : link.index());
      attached.put(id, kind.key(object));
      tracker.set(kind.key(object), object);
    }
  }

  private void withdraw(I id) {
    K key = attached.get(id);
    if (key != null) {
      withdrawn.add(key);
    }
    detach(id);
  }

  private void detach(I id) {
    K key = attached.remove(id);
    if (key != null) {
      tracker.remove(key);
    }
  }

  private void reattach(String interfaceName) {
    for (I id : wishes.on(interfaceName)) {
      detach(id);
      W wish = wishes.get(id);
      if (wish != null) {
        attach(id, wish);
      }
    }
  }

  private void claim(InterfaceChange link) {
    for (V object : unclaimed.getOrDefault(link.index(), List.of())) {
      if (kind.isOurs(object, link.name()) && tracker.actual(kind.key(object)) == null) {
        tracker.actualSet(kind.key(object), object);
        others.remove(kind.key(object), object);
      }
    }
    unclaimed.remove(link.index());
  }

  private void forgetWhatWentWithItsInterface() {
    for (K key : List.copyOf(tracker.pendingRemovals())) {
      V object = tracker.actual(key);
      if (object != null && interfaceName(kind.linkIndex(object)) == null) {
        tracker.actualRemoved(key);
      }
    }
  }

  private void addIfHeld(K key, List<V> objects) {
    V held = tracker.actual(key);
    if (held != null) {
      objects.add(held);
    }
  }

  /** What stands in the place of an object that must wait would lead astray meanwhile. */
  private void addIfHeldElsewhere(K key, V object, List<V> objects) {
    V held = tracker.actual(key);
    if (held != null && kind.linkIndex(held) != kind.linkIndex(object)) {
      objects.add(held);
    }
  }

  private boolean isUp(V object) {
    int index = kind.linkIndex(object);
    InterfaceChange link = interfaces.withIndex(index);
    return index == 0 || (link != null && link.up());
  }

  private boolean mayRemove(V object) {
    int index = kind.linkIndex(object);
    return withdrawn.contains(kind.key(object))
        || kind.mayRemove(object, index == 0 ? ALWAYS : interfaces.knownFor(index));
  }

  /** What is not ours, holds the key and must not be replaced. */
  private @Nullable V inTheWay(K key, V wanted) {
    return kind.yields(wanted) && tracker.actual(key) == null ? others.get(key) : null;
  }

  private String nameOrNumber(int linkIndex) {
    String name = interfaceName(linkIndex);
    return name == null ? "#" + linkIndex : name;
  }

  /** Null for an interface that we have not been told of. */
  private @Nullable String interfaceName(int linkIndex) {
    if (linkIndex == 0) {
      return AttachedKind.NO_INTERFACE;
    }
    InterfaceChange link = interfaces.withIndex(linkIndex);
    return link == null ? null : link.name();
  }
}
