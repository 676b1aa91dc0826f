package felix.dataplane.iptables;

import felix.dataplane.reconcile.DeltaTracker;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules wanted by chain, as text, and the hashes that the kernel holds. A chain is rendered
 * when a plan is first made with it, once however often it was set before, and not kept otherwise.
 */
final class RenderedChains {
  private final Function<Chain, List<RenderedRule>> render;
  private final Map<String, Chain> unrendered = new LinkedHashMap<>();
  private final Map<String, List<RenderedRule>> rendered = new HashMap<>();
  private final DeltaTracker<String, ChainHashes> hashes = new DeltaTracker<>();
  private int ruleCount;

  RenderedChains(Function<Chain, List<RenderedRule>> render) {
    this.render = render;
  }

  void set(Chain chain) {
    unrendered.put(chain.name(), chain);
  }

  void remove(String name) {
    unrendered.remove(name);
    ruleCount -= rules(name).size();
    rendered.remove(name);
    hashes.remove(name);
  }

  void keepOnly(Set<String> names) {
    var gone = new HashSet<>(rendered.keySet());
    gone.addAll(unrendered.keySet());
    gone.removeAll(names);
    gone.forEach(this::remove);
  }

  /** Has what was set since the last call take part in the comparison. */
  void renderNew() {
    for (var chain : unrendered.values()) {
      var rules = List.copyOf(render.apply(chain));
      ruleCount += rules.size() - rules(chain.name()).size();
      rendered.put(chain.name(), rules);
      hashes.set(chain.name(), ChainHashes.of(rules));
    }
    unrendered.clear();
  }

  int chainCount() {
    return rendered.size();
  }

  /** Of all wanted chains together. */
  int ruleCount() {
    return ruleCount;
  }

  boolean isWanted(String name) {
    return rendered.containsKey(name);
  }

  /** The rules of a wanted chain, none of any other. */
  List<RenderedRule> rules(String name) {
    return rendered.getOrDefault(name, List.of());
  }

  @Nullable ChainHashes held(String name) {
    return hashes.actual(name);
  }

  /** Chains to be made or changed, sorted. */
  List<String> toWrite() {
    return sorted(hashes.pendingUpdates());
  }

  /** Chains that are there and not wanted, sorted. */
  List<String> toRemove() {
    return sorted(hashes.pendingRemovals());
  }

  void replaceHeld(Map<String, ChainHashes> read) {
    var shared = new LinkedHashMap<String, ChainHashes>();
    read.forEach((name, held) -> shared.put(name, sharedWithWanted(name, held)));
    hashes.replaceActual(shared);
  }

  /** The kernel now holds what is wanted of this chain. */
  void written(String name) {
    var wanted = hashes.desired(name);
    if (wanted == null) {
      hashes.actualRemoved(name);
    } else {
      hashes.actualSet(name, wanted);
    }
  }

  /** Nearly all chains are as wanted; their hashes need not be in memory twice. */
  private ChainHashes sharedWithWanted(String name, ChainHashes held) {
    var wanted = hashes.desired(name);
    return wanted != null && held.equals(wanted) ? wanted : held;
  }

  private static List<String> sorted(Set<String> names) {
    var list = new ArrayList<>(names);
    list.sort(null);
    return list;
  }
}
