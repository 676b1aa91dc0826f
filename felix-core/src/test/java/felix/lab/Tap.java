package felix.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A packet socket on a device: what it sends, and what came in. */
final class Tap implements Ear {
  static final int EVERYTHING = 3;

  private static final int ETHERNET_HEADER = 14;
  private static final int BUFFER_BYTES = 32 << 20;

  /**
   * Where {@code struct sockaddr_ll} says how a frame came by, and the kind that we sent ourselves.
   */
  private static final int PACKET_TYPE_OFFSET = 10;

  private static final int PACKET_OUTGOING = 4;

  private final int fd;

  private Tap(int fd) {
    this.fd = fd;
  }

  /** On {@code eth0}, for one of the two IP versions. */
  static Tap on(String namespace, boolean ipv6) {
    return on(namespace, "eth0", ipv6 ? 0x86dd : 0x0800);
  }

  /**
   * On any device; for {@link #EVERYTHING} it stands before a bridge that the device is part of.
   */
  static Tap on(String namespace, String device, int etherType) {
    return new Tap(Inside.namespace(namespace, () -> open(device, etherType)));
  }

  private static int open(String device, int etherType) {
    int fd =
        Libc.check(
            "socket",
            Libc.INSTANCE.socket(
                Libc.AF_PACKET, Libc.SOCK_RAW, Short.reverseBytes((short) etherType) & 0xffff));
    var size = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(BUFFER_BYTES).array();
    Libc.check(
        "SO_RCVBUFFORCE",
        Libc.INSTANCE.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, size, size.length));
    var address =
        ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putShort((short) Libc.AF_PACKET);
    address.order(ByteOrder.BIG_ENDIAN).putShort((short) etherType);
    address
        .order(ByteOrder.nativeOrder())
        .putInt(Libc.check(device, Libc.INSTANCE.if_nametoindex(device)));
    Libc.check("bind", Libc.INSTANCE.bind(fd, address.array(), address.capacity()));
    return fd;
  }

  @Override
  public void send(byte[] frame) {
    Libc.check("send", (int) Libc.INSTANCE.send(fd, frame, frame.length, 0));
  }

  @Override
  public List<LabPacket> received() {
    return frames().stream()
        .map(frame -> Arrays.copyOfRange(frame, ETHERNET_HEADER, frame.length))
        .map(packet -> LabPacket.of(Encapsulation.takenOff(packet)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The beginnings of all frames that came in since the last call; does not wait. */
  List<byte[]> frames() {
    var frames = new ArrayList<byte[]>();
    var data = new byte[2048];
    var address = new byte[20];
    while (true) {
      var length =
          Libc.INSTANCE.recvfrom(
              fd, data, data.length, Libc.MSG_DONTWAIT, address, new int[] {address.length});
      if (length < 0) {
        return frames;
      }
      if (length > ETHERNET_HEADER && address[PACKET_TYPE_OFFSET] != PACKET_OUTGOING) {
        frames.add(Arrays.copyOf(data, (int) length));
      }
    }
  }

  @Override
  public void close() {
    Libc.INSTANCE.close(fd);
  }
}
