package felix.dataplane.netlink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a kernel (Linux 6.18, x86-64) answered to dumps in a namespace with two veth ends {@code
 * cali1} (3) and {@code peer1} (2), a VXLAN device {@code vx} (4), and addresses, routes,
 * neighbours and rules made by hand.
 */
final class Captured {
  static final List<String> DUMPS =
      List.of(
          "links",
          "addresses",
          "routes-v4",
          "routes-v6",
          "neighbours-v4",
          "neighbours-v6",
          "forwarding",
          "rules-v4");

  private static final Map<String, byte[]> READ = new ConcurrentHashMap<>();

  private Captured() {}

  /** A copy of what was captured. */
  static ByteBuffer bytes(String name) {
    byte[] bytes = READ.computeIfAbsent(name, Captured::read);
    return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] read(String name) {
    try (var in = requireNonNull(Captured.class.getResourceAsStream("/netlink/" + name + ".hex"))) {
      String hex = new String(in.readAllBytes(), US_ASCII).replaceAll("\\s", "");
      return HexFormat.of().parseHex(hex);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of a dump, without those of families that are none of ours. */
  static <T extends RtnetlinkObject> List<T> decode(String name, Codec<T> codec) {
    var objects = new ArrayList<T>();
    for (RawMessage message : RawMessage.split(bytes(name))) {
      T object = message.type() == codec.newType() ? codec.decode(message.body()) : null;
      if (object != null) {
        objects.add(object);
      }
    }
    return objects;
  }
}
