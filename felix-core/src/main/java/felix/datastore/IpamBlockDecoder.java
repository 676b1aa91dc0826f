package felix.datastore;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpamBlock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * IPAM block: whose it is, and which of its addresses are used on other hosts. As in v3.14, {@code
 * deleted} does not matter, nor what an address is for; and an address of which nobody says where
 * it is used goes where the block goes.
 */
final class IpamBlockDecoder {
  private static final String HOST = "host:";

  /** Blocks of Calico have at most 2^12 addresses (blockSize 20 or 116). */
  private static final int MAX_ADDRESSES = 1 << 16;

  private final Cidr cidr;
  private final Json attributes;
  private final int attributeCount;
  private final LeftOut leftOut;

  private IpamBlockDecoder(Cidr cidr, Json attributes, LeftOut leftOut) {
    this.cidr = cidr;
    this.attributes = attributes;
    this.attributeCount = attributes.size();
    this.leftOut = leftOut;
  }

  /**
   * What a block says.
   *
   * @param cidr as the key says; where the value says something else nobody knows what is meant
   */
  static IpamBlock decode(Json block, Cidr cidr, LeftOut leftOut) {
    Json own = block.get("cidr");
    if (!own.parsed(Cidr::parse).equals(cidr)) {
      throw own.bad("the key says " + cidr + ", the value " + own.shown());
    }
    var decoder = new IpamBlockDecoder(cidr, block.get("attributes"), leftOut);
    String host = host(block.get("affinity"));
    return new IpamBlock(host, decoder.elsewhere(block.get("allocations"), host));
  }

  private static @Nullable String host(Json affinity) {
    boolean ofHost =
        affinity.textOr("").startsWith(HOST) && affinity.text().length() > HOST.length();
    return ofHost
        ? Interned.text(affinity.parsed(text -> Names.parse(text.substring(HOST.length()))))
        : null;
  }

  private Map<Ip, String> elsewhere(Json allocations, @Nullable String host) {
    var elsewhere = new HashMap<Ip, String>();
    int given = allocations.size();
    int addresses = addresses();
    for (int i = 0; i < Math.min(given, addresses); i++) {
      Json allocation = allocations.item(i);
      String user = allocation.isPresent() ? user(allocation) : null;
      if (user != null && !user.equals(host)) {
        elsewhere.put(address(i), user);
      }
    }
    if (given > addresses) {
      leftOut.add(allocations.item(addresses), "beyond the end of the block");
    }
    return elsewhere;
  }

  /** The host where an address is used; null if that is not known. */
  private @Nullable String user(Json allocation) {
    int index = allocation.integerOr(-1);
    if (index < 0 || index >= attributeCount) {
      leftOut.add(allocation, "there is no attribute of that number");
      return null;
    }
    String name =
        leftOut.read(() -> attributes.item(index).get("secondary").get("node"), Names::parse);
    return name == null ? null : Interned.text(name);
  }

  private int addresses() {
    int hostBits = cidr.version().bits() - cidr.prefixLength();
    return hostBits >= 16 ? MAX_ADDRESSES : 1 << hostBits;
  }

  /** No carry into the upper half: the block is aligned to its size. */
  private Ip address(int ordinal) {
    Ip base = cidr.address();
    return new Ip(base.version(), base.high(), base.low() + ordinal);
  }
}
