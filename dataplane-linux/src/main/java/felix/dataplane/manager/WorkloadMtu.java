package felix.dataplane.manager;

import felix.delta.NetworkDelta;
import java.util.function.IntConsumer;

/** Says what MTU interfaces of workloads should get; the network plugin sets it. */
public final class WorkloadMtu implements OverlayPart {
  private final Fabric fabric;
  private final TunnelMtus mtus;
  private final IntConsumer wish;
  private boolean vxlan;
  private boolean ipip;

  /**
   * Desires nothing yet.
   *
   * @param wish bytes
   */
  public WorkloadMtu(Fabric fabric, TunnelMtus mtus, IntConsumer wish) {
    this.fabric = fabric;
    this.mtus = mtus;
    this.wish = wish;
  }

  @Override
  public void absorb(NetworkDelta delta) {
    vxlan = delta.encapsulations().vxlan();
    ipip = delta.encapsulations().ipip();
    refresh();
  }

  @Override
  public void refresh() {
    int bytes = mtus.ofWorkloads(fabric, vxlan, ipip);
    if (bytes != 0) {
      wish.accept(bytes);
    }
  }
}
