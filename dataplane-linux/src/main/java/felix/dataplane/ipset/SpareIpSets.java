package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with the kernel for whoever lists sets beside those who write them. It is with one
 * thread at a time; who comes while it is in use gets one that is closed afterwards. Any thread.
 */
public final class SpareIpSets {
  private final Supplier<IpSets> opener;
  private final AtomicReference<@Nullable IpSets> spare = new AtomicReference<>();

  /** None yet; the first who comes opens it. */
  public SpareIpSets(Supplier<IpSets> opener) {
    this.opener = opener;
  }

  <T> T use(Function<IpSets, T> work) {
    IpSets waiting = spare.getAndSet(null);
    IpSets sets = waiting != null ? waiting : opener.get();
    try {
      return work.apply(sets);
    } finally {
      IpSets other = spare.getAndSet(sets);
      if (other != null) {
        other.close();
      }
    }
  }
}
