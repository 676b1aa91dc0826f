package felix.dataplane.manager;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.link.LinkWish;
import felix.dataplane.link.Tunnel;
import felix.dataplane.reconcile.Desired;
import felix.delta.NetworkDelta;
import felix.model.Node;
import org.jspecify.annotations.Nullable;

/** Has {@code tunl0} as IPIP needs it. */
public final class IpipManager implements OverlayPart {
  private final Fabric fabric;
  private final TunnelMtus mtus;
  private final Desired<String, LinkWish> links;
  private boolean inUse;

  /** Desires nothing yet. */
  public IpipManager(Fabric fabric, TunnelMtus mtus, Desired<String, LinkWish> links) {
    this.fabric = fabric;
    this.mtus = mtus;
    this.links = links;
  }

  @Override
  public void absorb(NetworkDelta delta) {
    inUse = delta.encapsulations().ipip();
    refresh();
  }

  @Override
  public void refresh() {
    if (inUse) {
      links.set(LinkDriver.IPIP, wanted(fabric.node()));
    } else {
      links.remove(LinkDriver.IPIP);
    }
  }

  private LinkWish wanted(@Nullable Node node) {
    return node == null
        ? new LinkWish.Kept()
        : new LinkWish.Wanted(new Tunnel.IpIp(), mtus.ipip(fabric), null, node.ipipTunnelAddress());
  }
}
