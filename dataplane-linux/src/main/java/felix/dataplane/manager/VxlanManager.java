package felix.dataplane.manager;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.link.LinkWish;
import felix.dataplane.link.Tunnel;
import felix.dataplane.neigh.ForwardingKey;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.reconcile.Desired;
import felix.delta.Changes;
import felix.delta.NetworkDelta;
import felix.delta.Vtep;
import felix.model.Ip;
import felix.model.MacAddress;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has {@code vxlan.calico}, and on it for each other host the MAC of its tunnel address and the
 * host behind that MAC. Where hosts claim one address or one MAC, the first by name has it.
 */
public final class VxlanManager implements OverlayPart {
  private final Fabric fabric;
  private final Device device;
  private final Wishes wishes;
  private final Claims<Ip, String, MacAddress> tunnelAddresses = new Claims<>();
  private final Claims<MacAddress, String, Ip> macs = new Claims<>();
  private boolean inUse;
  private @Nullable Vtep own;

  /**
   * What the device is like on all hosts.
   *
   * @param port UDP
   * @param checksumOffload whether checksums may be left to hardware or to the end of the tunnel
   */
  public record Device(int vni, int port, TunnelMtus mtus, boolean checksumOffload) {}

  /** Where what is needed is written to. */
  public record Wishes(
      Desired<String, LinkWish> links,
      Desired<NeighbourKey, MacAddress> neighbours,
      Desired<ForwardingKey, Ip> forwarding) {}

  /** Desires nothing yet. */
  public VxlanManager(Fabric fabric, Device device, Wishes wishes) {
    this.fabric = fabric;
    this.device = device;
    this.wishes = wishes;
  }

  @Override
  public void absorb(NetworkDelta delta) {
    inUse = delta.encapsulations().vxlan();
    release(delta.vteps());
    claim(delta.vteps());
    write(
        tunnelAddresses.takeChanges(),
        address -> wishes.neighbours().remove(new NeighbourKey(LinkDriver.VXLAN, address)),
        (address, mac) ->
            wishes.neighbours().set(new NeighbourKey(LinkDriver.VXLAN, address), mac));
    write(
        macs.takeChanges(),
        mac -> wishes.forwarding().remove(new ForwardingKey(LinkDriver.VXLAN, mac)),
        (mac, host) -> wishes.forwarding().set(new ForwardingKey(LinkDriver.VXLAN, mac), host));
    refresh();
  }

  /** What is not known yet does not tear down what an earlier process made. */
  @Override
  public void refresh() {
    if (inUse) {
      wishes.links().set(LinkDriver.VXLAN, wanted(own, fabric.parentName()));
    } else {
      wishes.links().remove(LinkDriver.VXLAN);
    }
  }

  private LinkWish wanted(@Nullable Vtep vtep, @Nullable String parent) {
    if (vtep == null || parent == null || !vtep.hostAddress().equals(fabric.address())) {
      return new LinkWish.Kept();
    }
    return new LinkWish.Wanted(
        new Tunnel.Vxlan(
            device.vni(), device.port(), vtep.hostAddress(), parent, device.checksumOffload()),
        device.mtus().vxlan(fabric),
        vtep.mac(),
        vtep.tunnelAddress());
  }

  private void release(Changes<String, Vtep> vteps) {
    for (var change : vteps) {
      if (fabric.isThisHost(change.key())) {
        own = change.after();
      } else if (change.before() != null) {
        tunnelAddresses.release(change.before().tunnelAddress(), change.key());
        macs.release(change.before().mac(), change.key());
      }
    }
  }

  private void claim(Changes<String, Vtep> vteps) {
    for (var change : vteps) {
      Vtep vtep = change.after();
      if (vtep != null && !fabric.isThisHost(change.key())) {
        tunnelAddresses.claim(vtep.tunnelAddress(), change.key(), vtep.mac());
        macs.claim(vtep.mac(), change.key(), vtep.hostAddress());
      }
    }
  }

  private static <K, V> void write(
      Changes<K, V> changes, Consumer<K> remove, BiConsumer<K, V> set) {
    for (var change : changes) {
      if (change.after() == null) {
        remove.accept(change.key());
      }
    }
    for (var change : changes) {
      if (change.after() != null) {
        set.accept(change.key(), change.after());
      }
    }
  }
}
