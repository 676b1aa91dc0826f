package felix.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Makes the packet of a probe, as bytes. Its number is in the IP ID (IPv6: the flow label), its TTL
 * is one that no kernel starts with, so that it is known again wherever it comes out.
 */
final class PacketBuilder {
  private static final int TTL = 99;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final byte[] DATA = "lab!".getBytes(US_ASCII);

  /**
   * Under any other protocol. Connection tracking of GRE looks inside: these are the bytes that the
   * worlds were recorded with.
   */
  private static final byte[] OTHER_PAYLOAD = "lab!lab!lab!lab!".getBytes(US_ASCII);

  private PacketBuilder() {}

  /** An Ethernet frame around the probe's packet. The source port tells connections apart. */
  static byte[] frame(byte[] fromMac, byte[] toMac, Probe probe, int ident, int sourcePort) {
    return frame(fromMac, toMac, packet(probe, ident, sourcePort));
  }

  /** An Ethernet frame around an IP packet. */
  static byte[] frame(byte[] fromMac, byte[] toMac, byte[] packet) {
    return ByteBuffer.allocate(14 + packet.length)
        .put(toMac)
        .put(fromMac)
        .putShort((short) (packet[0] >> 4 == 6 ? 0x86dd : 0x0800))
        .put(packet)
        .array();
  }

  /** The probe as an IP packet. */
  static byte[] packet(Probe probe, int ident, int sourcePort) {
    var from = Address.bytes(probe.from());
    var to = Address.bytes(probe.to());
    var payload = payload(probe, ident, sourcePort, from, to);
    if (probe.isIpv6()) {
      return ByteBuffer.allocate(40 + payload.length)
          .putInt(6 << 28 | ident)
          .putShort((short) payload.length)
          .put((byte) probe.protocol())
          .put((byte) TTL)
          .put(from)
          .put(to)
          .put(payload)
          .array();
    }
    return ipv4(from, to, probe.protocol(), ident, payload);
  }

  /** An IPv4 packet with any payload. */
  static byte[] ipv4(byte[] from, byte[] to, int protocol, int ident, byte[] payload) {
    var packet = ByteBuffer.allocate(20 + payload.length);
    packet
        .put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) packet.capacity())
        .putShort((short) ident);
    packet.putShort((short) DONT_FRAGMENT).put((byte) TTL).put((byte) protocol).putShort((short) 0);
    packet.put(from).put(to).put(payload);
    packet.putShort(10, checksum(packet.duplicate().flip().limit(20)));
    return packet.array();
  }

  private static byte[] payload(Probe probe, int ident, int sourcePort, byte[] from, byte[] to) {
    return switch (probe.protocol()) {
      case Probe.TCP ->
          summed(tcp(probe, ident, sourcePort), 16, pseudoHeader(probe, from, to, 20));
      case Probe.UDP ->
          summed(udp(probe, sourcePort), 6, pseudoHeader(probe, from, to, 8 + DATA.length));
      case Probe.ICMP -> summed(icmp(probe, ident, sourcePort), 2, new byte[0]);
      case Probe.ICMPV6 ->
          summed(icmp(probe, ident, sourcePort), 2, pseudoHeader(probe, from, to, 8 + DATA.length));
      case Probe.SCTP -> sctp(probe, ident, sourcePort);
      default -> OTHER_PAYLOAD.clone();
    };
  }

  private static byte[] tcp(Probe probe, int ident, int sourcePort) {
    var tcp = ByteBuffer.allocate(20);
    tcp.putShort((short) sourcePort).putShort((short) probe.port()).putInt(ident).putInt(0);
    return tcp.put((byte) (5 << 4)).put((byte) 2).putShort((short) 1024).putInt(0).array();
  }

  private static byte[] udp(Probe probe, int sourcePort) {
    var udp = ByteBuffer.allocate(8 + DATA.length);
    udp.putShort((short) sourcePort).putShort((short) probe.port());
    return udp.putShort((short) udp.capacity()).putShort((short) 0).put(DATA).array();
  }

  private static byte[] icmp(Probe probe, int ident, int sourcePort) {
    var icmp = ByteBuffer.allocate(8 + DATA.length);
    icmp.put((byte) probe.icmpType()).put((byte) probe.icmpCode()).putShort((short) 0);
    return icmp.putShort((short) sourcePort).putShort((short) ident).put(DATA).array();
  }

  /** A packet with one INIT chunk. Its CRC is stored little end first (RFC 9260, appendix A). */
  private static byte[] sctp(Probe probe, int ident, int sourcePort) {
    var sctp = ByteBuffer.allocate(32);
    sctp.putShort((short) sourcePort).putShort((short) probe.port()).putInt(0).putInt(0);
    sctp.put((byte) 1).put((byte) 0).putShort((short) 20).putInt(ident + 1).putInt(1024);
    sctp.putShort((short) 1).putShort((short) 1).putInt(ident);
    var crc = new CRC32C();
    crc.update(sctp.array());
    return sctp.order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue()).array();
  }

  private static byte[] pseudoHeader(Probe probe, byte[] from, byte[] to, int length) {
    return ByteBuffer.allocate(from.length + to.length + 8)
        .put(from)
        .put(to)
        .putInt(length)
        .putInt(probe.protocol())
        .array();
  }

  /** The segment with its checksum at an offset. */
  private static byte[] summed(byte[] segment, int offset, byte[] pseudoHeader) {
    var all =
        ByteBuffer.allocate(pseudoHeader.length + segment.length).put(pseudoHeader).put(segment);
    return ByteBuffer.wrap(segment).putShort(offset, checksum(all.flip())).array();
  }

  /** The internet checksum (RFC 1071) of an even number of bytes. */
  private static short checksum(ByteBuffer bytes) {
    int sum = 0;
    while (bytes.hasRemaining()) {
      sum += bytes.getShort() & 0xffff;
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (short) ~sum;
  }
}
