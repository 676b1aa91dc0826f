package felix.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A host's own end, IPv4 only: what it sends goes through the host's rules for output, what it
 * receives has passed those for input.
 */
final class HostTap implements Ear {
  private static final int ETHERNET_HEADER = 14;
  private static final int DESTINATION_OFFSET = 16;
  private static final int BUFFER_BYTES = 4 << 20;

  /** The header is the sender's. */
  private static final int IPPROTO_RAW = 255;

  private static final int GRE = 47;

  private final int out;
  private final List<Integer> in;

  private HostTap(int out, List<Integer> in) {
    this.out = out;
    this.in = in;
  }

  static HostTap in(String namespace) {
    return Inside.namespace(
        namespace,
        () -> {
          var in = new ArrayList<Integer>();
          for (int protocol : List.of(Probe.TCP, Probe.UDP, Probe.ICMP, Probe.SCTP, GRE)) {
            in.add(socket(protocol));
          }
          return new HostTap(socket(IPPROTO_RAW), in);
        });
  }

  private static int socket(int protocol) {
    int fd = Libc.check("socket", Libc.INSTANCE.socket(Libc.AF_INET, Libc.SOCK_RAW, protocol));
    var size = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(BUFFER_BYTES).array();
    Libc.check(
        "SO_RCVBUFFORCE",
        Libc.INSTANCE.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, size, size.length));
    return fd;
  }

  /** A packet that the rules for output drop is one that does not arrive. */
  @Override
  public void send(byte[] frame) {
    var packet = Arrays.copyOfRange(frame, ETHERNET_HEADER, frame.length);
    var address =
        ByteBuffer.allocate(16)
            .order(ByteOrder.nativeOrder())
            .putShort((short) Libc.AF_INET)
            .putShort((short) 0)
            .put(packet, DESTINATION_OFFSET, 4)
            .array();
    var sent = Libc.INSTANCE.sendto(out, packet, packet.length, 0, address, address.length);
    if (sent < 0 && Libc.lastError() != Libc.EPERM) {
      throw new LabException("sendto: errno " + Libc.lastError());
    }
  }

  @Override
  public List<LabPacket> received() {
    return in.stream()
        .flatMap(fd -> packets(fd).stream())
        .map(LabPacket::of)
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<byte[]> packets(int fd) {
    var packets = new ArrayList<byte[]>();
    var data = new byte[2048];
    var address = new byte[16];
    while (true) {
      var length =
          Libc.INSTANCE.recvfrom(
              fd, data, data.length, Libc.MSG_DONTWAIT, address, new int[] {address.length});
      if (length < 0) {
        return packets;
      }
      packets.add(Arrays.copyOf(data, (int) length));
    }
  }

  @Override
  public void close() {
    Libc.INSTANCE.close(out);
    in.forEach(Libc.INSTANCE::close);
  }
}
