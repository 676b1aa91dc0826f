package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.delta.NetworkDelta;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Node;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * This host in the network between hosts, in one family: what the datastore says of it, and which
 * of its interfaces leads there. Lives on the dataplane thread.
 */
public final class Fabric {
  private final String hostname;
  private final IpVersion version;
  private final ParentInterface parent = new ParentInterface();
  private final HostMtu mtu;
  private @Nullable Node node;

  /**
   * Knows nothing yet.
   *
   * @param hostname of this host
   * @param mtuInterfaces the interfaces that bound the MTU, by their whole or part of the name
   */
  public Fabric(String hostname, IpVersion version, Pattern mtuInterfaces) {
    this.hostname = hostname;
    this.version = version;
    this.mtu = new HostMtu(mtuInterfaces);
  }

  void absorb(NetworkDelta delta) {
    var change = delta.nodes().get(hostname);
    if (change != null) {
      node = change.after();
      parent.setAddress(address());
    }
  }

  void onInterface(InterfaceChange change) {
    parent.onInterface(change);
    mtu.onInterface(change);
  }

  boolean isThisHost(String name) {
    return hostname.equals(name);
  }

  /** Null while the datastore does not know this host. */
  @Nullable Node node() {
    return node;
  }

  /** By which other hosts reach this one; null if the datastore does not say. */
  @Nullable Ip address() {
    HostAddress address = node == null ? null : node.address(version);
    return address == null ? null : address.ip();
  }

  /**
   * The interface that has, or had last, the address of this host; null while we have not seen one:
   * a process that has just started does not know yet.
   */
  @Nullable String parentName() {
    return parent.name();
  }

  /**
   * The smallest MTU of the host's own interfaces, in bytes.
   *
   * @return 0 while it is not known
   */
  int mtuBytes() {
    return mtu.bytes(parent.name() != null);
  }
}
