package felix.datastore;

import felix.model.Cidr;
import felix.model.Shown;
import org.jspecify.annotations.Nullable;

/** Names of IPAM blocks in their keys: the network, with a dash for the slash. */
final class BlockName {
  private BlockName() {}

  /**
   * Only the one spelling that Calico writes: two keys of one block would take it from each other.
   *
   * @throws BadValueException if the name is that of no block; that of all addresses is none, since
   *     it would become a default route
   */
  static Cidr parse(String name) {
    Cidr cidr = network(name);
    if (cidr == null || cidr.prefixLength() == 0 || !name.equals(of(cidr))) {
      throw new BadValueException("cidr", "not the name of a block: '" + Shown.of(name) + "'");
    }
    return cidr;
  }

  static String of(Cidr cidr) {
    return cidr.toString().replace('/', '-');
  }

  private static @Nullable Cidr network(String name) {
    try {
      return Cidr.parse(name.replace('-', '/'));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
