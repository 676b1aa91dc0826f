package felix.dataplane.iptables;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a table concerns us, as read back.
 *
 * @param chains hashes of the rules of each chain of ours; "" for a rule without
 * @param hooks rules with our hash in the chains of others; no entry for a chain without
 * @param strays rules in the chains of others that have no hash but were made by us, long ago
 */
record SavedTable(Map<String, List<String>> chains, Map<String, Hooked> hooks, List<Stray> strays) {
  /** A rule of ours in a chain of others, with its text as the kernel's tools write it. */
  record Hook(String hash, String spec) {}

  /**
   * The rules of ours in a chain of others.
   *
   * @param leading whether they stand before all others
   * @param trailing whether they stand after all others
   */
  record Hooked(List<Hook> rules, boolean leading, boolean trailing) {
    Hooked {
      rules = List.copyOf(rules);
    }

    boolean inPlace(ChainInsertMode mode) {
      return switch (mode) {
        case INSERT -> leading;
        case APPEND -> trailing;
      };
    }
  }

  /**
   * A rule without a hash that leads to a chain of ours, or that the first Felix made.
   *
   * @param target the chain of ours that it leads to; it goes when that chain goes. Empty if it
   *     always goes
   */
  record Stray(String chain, String spec, Optional<String> target) {}
}
