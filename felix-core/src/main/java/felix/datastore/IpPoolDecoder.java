package felix.datastore;

import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.IpPool;
import felix.model.Shown;
import org.jspecify.annotations.Nullable;

/**
 * IPPool. Whether it is disabled matters only to those who give out its addresses.
 *
 * <p>As in v3.14: VXLAN counts where both modes are set, and packets within a subnet are not
 * wrapped if either says so; a mode is spelt exactly, and any other word is none.
 */
final class IpPoolDecoder {
  private IpPoolDecoder() {}

  private enum Mode {
    ALWAYS,
    CROSS_SUBNET
  }

  static IpPool decode(Json pool, LeftOut leftOut) {
    Json spec = pool.get("spec");
    Cidr cidr = spec.get("cidr").parsed(IpPoolDecoder::network);
    Mode vxlan = leftOut.read(() -> spec.get("vxlanMode"), IpPoolDecoder::mode);
    Mode ipip = leftOut.read(() -> spec.get("ipipMode"), IpPoolDecoder::mode);
    return new IpPool(
        cidr,
        encapsulation(vxlan, ipip),
        vxlan == Mode.CROSS_SUBNET || ipip == Mode.CROSS_SUBNET,
        spec.get("natOutgoing").isTrue());
  }

  private static Encapsulation encapsulation(@Nullable Mode vxlan, @Nullable Mode ipip) {
    return vxlan != null
        ? Encapsulation.VXLAN
        : ipip != null ? Encapsulation.IPIP : Encapsulation.NONE;
  }

  private static @Nullable Mode mode(String text) {
    return switch (text) {
      case "Always" -> Mode.ALWAYS;
      case "CrossSubnet" -> Mode.CROSS_SUBNET;
      case "Never" -> null;
      default ->
          throw new IllegalArgumentException(
              "expected Always, CrossSubnet or Never, found '" + Shown.of(text) + "'");
    };
  }

  /** An address alone is none, as in Felix. */
  private static Cidr network(String text) {
    if (text.indexOf('/') < 0) {
      throw new IllegalArgumentException("not a network: '" + Shown.of(text) + "'");
    }
    return Cidr.parse(text);
  }
}
