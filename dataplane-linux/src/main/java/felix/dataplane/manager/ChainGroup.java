package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chains of a table that are desired together: those that are no longer among them go. */
final class ChainGroup {
  private final Desired<String, Chain> chains;
  private Set<String> names = Set.of();

  /** None yet. */
  ChainGroup(Desired<String, Chain> chains) {
    this.chains = chains;
  }

  void replace(List<Chain> now) {
    var namesNow = now.stream().map(Chain::name).collect(Collectors.toSet());
    var gone = new HashSet<>(names);
    gone.removeAll(namesNow);
    gone.forEach(chains::remove);
    now.forEach(chain -> chains.set(chain.name(), chain));
    names = namesNow;
  }
}
