package felix.calc;

import felix.delta.Changes;
import felix.delta.Vtep;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the VXLAN tunnel end of each host of which enough is known, this host's too.
 *
 * <p>The kernel holds one neighbour for an address and one destination for a MAC. So a tunnel
 * address belongs to the first host, in {@link HostOrder}, that has it, and so does a MAC; a host
 * that is not the first for both has no tunnel end until the others let go. Nor has another host
 * that says it has our own address: most likely this host under an earlier name.
 */
final class VtepResolver {
  private final NodeKey own;
  private final Resources resources;
  private final FirstNames<Ip> byTunnelAddress;
  private final FirstNames<MacAddress> byMac;

  /** Of all hosts that say enough, while VXLAN is in use. */
  private final Map<String, Vtep> complete = new HashMap<>();

  /** Of those that are the first for what they have. */
  private final Map<String, Vtep> resolved = new HashMap<>();

  private boolean inUse;

  VtepResolver(String hostname, Resources resources) {
    this.own = new NodeKey(hostname);
    this.resources = resources;
    var order = new HostOrder(hostname);
    this.byTunnelAddress = new FirstNames<>(order);
    this.byMac = new FirstNames<>(order);
  }

  /**
   * Takes a batch.
   *
   * @param vxlan whether it is in use now
   */
  Changes<String, Vtep> apply(Changes<NodeKey, Node> nodes, boolean vxlan) {
    var touched = new LinkedHashSet<>(nodes.keys());
    if (vxlan != inUse || ownAddressChanged(nodes)) {
      touched.addAll(resources.nodes().keySet());
    }
    inUse = vxlan;
    var dirty = new LinkedHashSet<String>();
    touched.forEach(node -> complete(node, dirty));
    var changes = new Changes<String, Vtep>();
    dirty.forEach(host -> resolve(host, changes));
    return changes;
  }

  private boolean ownAddressChanged(Changes<NodeKey, Node> nodes) {
    var change = nodes.get(own);
    return change != null && !Objects.equals(address(change.before()), address(change.after()));
  }

  private void complete(NodeKey node, Set<String> dirty) {
    String host = node.name();
    Vtep after = inUse ? vtep(node) : null;
    Vtep before = after == null ? complete.remove(host) : complete.put(host, after);
    if (Objects.equals(before, after)) {
      return;
    }
    dirty.add(host);
    if (before != null) {
      byTunnelAddress.remove(before.tunnelAddress(), host);
      byMac.remove(before.mac(), host);
      addFirsts(before, dirty);
    }
    if (after != null) {
      addFirsts(after, dirty);
      byTunnelAddress.add(after.tunnelAddress(), host);
      byMac.add(after.mac(), host);
    }
  }

  /** Who has something of this: the one that takes over, or has to give way. */
  private void addFirsts(Vtep vtep, Set<String> to) {
    String host = byTunnelAddress.first(vtep.tunnelAddress());
    if (host != null) {
      to.add(host);
    }
    host = byMac.first(vtep.mac());
    if (host != null) {
      to.add(host);
    }
  }

  private void resolve(String host, Changes<String, Vtep> changes) {
    Vtep vtep = complete.get(host);
    Vtep after = vtep != null && isFirst(host, vtep) ? vtep : null;
    Vtep before = after == null ? resolved.remove(host) : resolved.put(host, after);
    changes.record(host, before, after);
  }

  private boolean isFirst(String host, Vtep vtep) {
    return host.equals(byTunnelAddress.first(vtep.tunnelAddress()))
        && host.equals(byMac.first(vtep.mac()));
  }

  private @Nullable Vtep vtep(NodeKey key) {
    Node node = resources.nodes().get(key);
    Ip address = address(node);
    if (node == null || address == null || node.vxlanTunnelAddress() == null) {
      return null;
    }
    if (!key.equals(own) && address.equals(address(resources.nodes().get(own)))) {
      return null;
    }
    MacAddress mac = node.vxlanTunnelMac();
    return new Vtep(
        node.vxlanTunnelAddress(), mac == null ? TunnelMac.of(key.name()) : mac, address);
  }

  private static @Nullable Ip address(@Nullable Node node) {
    HostAddress address = node == null ? null : node.ipv4();
    return address == null ? null : address.ip();
  }
}
