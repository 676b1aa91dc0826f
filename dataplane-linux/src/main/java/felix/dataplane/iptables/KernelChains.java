package felix.dataplane.iptables;

import felix.dataplane.rules.Table;
import java.util.List;

/** The chains that a table always has. */
final class KernelChains {
  private KernelChains() {}

  /** Without nat's INPUT, which came with Linux 2.6.36. */
  static List<String> of(Table table) {
    return switch (table) {
      case RAW -> List.of("PREROUTING", "OUTPUT");
      case MANGLE -> List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
      case NAT -> List.of("PREROUTING", "OUTPUT", "POSTROUTING");
      case FILTER -> List.of("INPUT", "FORWARD", "OUTPUT");
    };
  }
}
