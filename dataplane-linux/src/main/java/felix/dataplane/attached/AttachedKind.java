package felix.dataplane.attached;

import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one kind of object that hangs on interfaces, or on none.
 *
 * @param <I> what tells wishes apart
 * @param <W> a wish; it names its interface
 * @param <K> what the kernel tells objects apart by
 * @param <V> the object as the kernel holds it
 */
public interface AttachedKind<I, W, K, V extends RtnetlinkObject> {
  /** No interface has this name. */
  String NO_INTERFACE = "";

  /** {@link #NO_INTERFACE} for an object that hangs on none; such a wish need not wait. */
  String interfaceName(I id, W wish);

  /** The object that fulfils a wish on an interface with this index; 0 for none. */
  V attach(I id, W wish, int linkIndex);

  /** The object itself if it is of this kind, and family; else null. */
  @Nullable V ofThisKind(RtnetlinkObject object);

  K key(V object);

  /** 0 if it hangs on no interface. */
  int linkIndex(V object);

  /** All objects, others' too. Of several with one key the first is the one that counts. */
  List<V> list(Rtnetlink netlink);

  /**
   * Whether we keep or remove it, wished for or not; else it is let alone.
   *
   * @param interfaceName {@link #NO_INTERFACE} if it hangs on none
   */
  boolean isOurs(V object, String interfaceName);

  /** One of ours in a line: what it is, and on which interface. */
  String describe(V object, String interfaceName);

  /** Whether it must not take the place of one that is not ours, when both have the same key. */
  default boolean yields(V wanted) {
    return false;
  }

  /** Why a wish has to wait until another one's object is gone; for the log. */
  default String conflict(V wanted, V other) {
    return other + " is in the way";
  }

  /**
   * Whether an object of ours that nobody ever wished for may be removed yet.
   *
   * @param knownFor for how long we have known its interface; very long if it hangs on none
   */
  default boolean mayRemove(V object, Duration knownFor) {
    return true;
  }
}
