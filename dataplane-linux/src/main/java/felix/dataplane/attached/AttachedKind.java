package felix.dataplane.attached;

import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import java.time.Duration;
import java.util.List;

/**
 * What is particular to one kind of object that hangs on interfaces.
 *
 * @param <I> what tells wishes apart
 * @param <W> a wish; it names its interface
 * @param <K> what the kernel tells objects apart by
 * @param <V> the object as the kernel holds it
 */
public interface AttachedKind<I, W, K, V extends RtnetlinkObject> {
  String interfaceName(I id, W wish);

  /** The object that fulfils a wish on an interface with this index. */
  V attach(I id, W wish, int linkIndex);

  K key(V object);

  /** 0 if it hangs on no interface. */
  int linkIndex(V object);

  /** All objects, others' too. Of several with one key the first is the one that counts. */
  List<V> list(Rtnetlink netlink);

  /** Whether we keep or remove it, wished for or not; else it is let alone. */
  boolean isOurs(V object, String interfaceName);

  /**
   * Whether an object of ours that nobody ever wished for may be removed yet.
   *
   * @param knownFor for how long we have known its interface
   */
  boolean mayRemove(V object, Duration knownFor);
}
