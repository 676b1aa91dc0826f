package felix.dataplane.manager;

import static java.util.Objects.requireNonNull;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.ChainNames;
import felix.dataplane.rules.EndpointChains;
import felix.dataplane.rules.WorkloadDecision;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.Direction;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The chains of workload interfaces for one direction. Where several have the same decision it is
 * in a chain of its own, from the second one's coming until the last but one goes. Which chains
 * there are depends on what is there, never on how it came to be: a restart changes nothing.
 */
final class SharedChains {
  private final Direction direction;
  private final EndpointChains renderer;
  private final Desired<String, Chain> chains;
  private final Map<String, WorkloadDecision> decisions = new HashMap<>();

  /** The interfaces that each decision is about; at least one. */
  private final Map<WorkloadDecision, Set<String>> interfaces = new HashMap<>();

  /** By the chain where they end, how many decisions do; at least one. */
  private final Map<String, Integer> ends = new HashMap<>();

  /** Desires nothing yet. */
  SharedChains(Direction direction, EndpointChains renderer, Desired<String, Chain> chains) {
    this.direction = direction;
    this.renderer = renderer;
    this.chains = chains;
  }

  /** Takes over which interfaces are whose. Costs by those whose decision is another one. */
  void absorb(Changes<String, ActiveWorkload> workloads) {
    var now = new HashMap<String, WorkloadDecision>();
    for (var change : workloads) {
      String name = change.key();
      var before = decisions.get(name);
      var after = change.after() == null ? null : WorkloadDecision.of(change.after(), direction);
      if (before != null && !before.equals(after)) {
        leave(name);
      }
      if (after != null && !after.equals(before)) {
        now.put(name, after);
      }
    }
    now.forEach(this::join);
  }

  private void join(String name, WorkloadDecision decision) {
    var sharers = interfaces.computeIfAbsent(decision, d -> new LinkedHashSet<>());
    sharers.add(name);
    decisions.put(name, decision);
    switch (sharers.size()) {
      case 1 -> {
        wantEnd(decision);
        set(renderer.alone(name, decision));
      }
      case 2 -> {
        set(renderer.shared(decision));
        sharers.forEach(each -> set(renderer.sharing(each, decision)));
      }
      default -> set(renderer.sharing(name, decision));
    }
  }

  private void leave(String name) {
    var decision = requireNonNull(decisions.remove(name));
    var sharers = requireNonNull(interfaces.get(decision));
    sharers.remove(name);
    chains.remove(ChainNames.workload(direction, name));
    switch (sharers.size()) {
      case 0 -> {
        interfaces.remove(decision);
        unwantEnd(decision);
      }
      case 1 -> {
        sharers.forEach(last -> set(renderer.alone(last, decision)));
        chains.remove(ChainNames.workloadGroup(decision));
      }
      default -> {}
    }
  }

  private void wantEnd(WorkloadDecision decision) {
    renderer
        .end(decision)
        .filter(end -> ends.merge(end.name(), 1, Integer::sum) == 1)
        .ifPresent(this::set);
  }

  private void unwantEnd(WorkloadDecision decision) {
    renderer
        .end(decision)
        .filter(end -> ends.computeIfPresent(end.name(), (e, n) -> n == 1 ? null : n - 1) == null)
        .map(Chain::name)
        .ifPresent(chains::remove);
  }

  private void set(Chain chain) {
    chains.set(chain.name(), chain);
  }
}
