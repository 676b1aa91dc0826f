package felix.lab;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends tunnel packets to a node from any address of the first subnet: what an intruder could. */
public final class Forger implements AutoCloseable {
  private static final Duration ON_THE_WAY = Duration.ofMillis(100);
  private static final int TRIES = 3;
  private static final int FIRST_PORT = 20_000;

  private final ClusterNode node;
  private final Workload workload;
  private final Tap outside = Tap.on(Fabric.NAMESPACE, "br0", Tap.EVERYTHING);
  private final Tap inside;
  private int ident;

  /**
   * Tunnel packets to one workload of a node.
   *
   * @param workload where they arrive or do not
   */
  public Forger(ClusterNode node, Workload workload) {
    this.node = node;
    this.workload = workload;
    this.inside = Tap.on(workload.namespace(), false);
  }

  /**
   * Whether a datagram of a workload elsewhere arrives inside of an IPIP packet.
   *
   * @param outerFrom who says to have sent it
   */
  public boolean arrivesByIpip(String outerFrom, String innerFrom) {
    return arrives(outerFrom, Overlay.IPIP_PROTOCOL, datagram(innerFrom));
  }

  /**
   * The same inside of a VXLAN packet.
   *
   * @param fromMac the other node's, inside
   * @param toMac this node's, inside
   */
  public boolean arrivesByVxlan(String outerFrom, String innerFrom, String fromMac, String toMac) {
    var frame = PacketBuilder.frame(Address.mac(fromMac), Address.mac(toMac), datagram(innerFrom));
    var udp = ByteBuffer.allocate(16 + frame.length);
    udp.putShort((short) (FIRST_PORT + ident)).putShort((short) Overlay.VXLAN_PORT);
    udp.putShort((short) udp.capacity()).putShort((short) 0);
    udp.putInt(0x0800_0000).putInt(Overlay.VNI << 8).put(frame);
    return arrives(outerFrom, Probe.UDP, udp.array());
  }

  private byte[] datagram(String from) {
    ident++;
    return PacketBuilder.packet(Probe.udp(from, workload.ip(), 5003), ident, FIRST_PORT + ident);
  }

  private boolean arrives(String from, int protocol, byte[] payload) {
    var packet =
        PacketBuilder.ipv4(
            Address.bytes(from), Address.bytes(node.party().ip()), protocol, ident, payload);
    var frame =
        PacketBuilder.frame(
            mac(Fabric.NAMESPACE, "br0"), mac(node.party().namespace(), "eth0"), packet);
    for (int i = 0; i < TRIES; i++) {
      outside.send(frame);
      Await.pause(ON_THE_WAY);
      if (inside.received().stream().anyMatch(got -> got.ident() == ident)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] mac(String namespace, String device) {
    var text = Shell.in(namespace).run("cat /sys/class/net/%s/address".formatted(device));
    return Address.mac(text.strip());
  }

  @Override
  public void close() {
    outside.close();
    inside.close();
  }
}
