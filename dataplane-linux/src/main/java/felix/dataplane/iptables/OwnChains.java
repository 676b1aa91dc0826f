package felix.dataplane.iptables;

import java.util.List;

/** Which chains are the agent's: those whose names begin as Felix's do or once did. */
final class OwnChains {
  private static final List<String> PREFIXES =
      List.of(
          "cali-", // all that are made now
          "califw-", "calitw-", "califh-", "calith-", "calipi-", "calipo-", "felix-");

  private OwnChains() {}

  static boolean contains(String chain) {
    // Nearly all names are decided by their first letter.
    return (chain.startsWith("cali") || chain.startsWith("felix-"))
        && PREFIXES.stream().anyMatch(chain::startsWith);
  }
}
