package felix.delta;

import felix.model.Encapsulation;
import felix.model.Ip;

/** The way to a part of a pool. */
public sealed interface ClusterRoute {
  /** The pool's way of wrapping packets between hosts. */
  Encapsulation encapsulation();

  /**
   * A block, or an address, that another host has.
   *
   * @param hostAddress of that host, in the family of the destination
   * @param direct whether packets go unwrapped: the pool wraps none, or none within a subnet, and
   *     the host is in ours
   */
  record Remote(String host, Ip hostAddress, Encapsulation encapsulation, boolean direct)
      implements ClusterRoute {}

  /** A block of this host. Where no workload has an address of it, packets end here. */
  record LocalBlock(Encapsulation encapsulation) implements ClusterRoute {}
}
