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
 * The rules wanted by chain, and the hashes that the kernel holds. A chain is rendered when a plan
 * is first made with it, once however often it was set before, and not at all if it is set again as
 * it was. Its text is kept only until it is written: with the hashes, the rules themselves are all
 * that is needed of the others, and they are smaller.
 */
final class RenderedChains {
  private final Function<Chain, List<RenderedRule>> render;
  private final Map<String, Chain> unrendered = new LinkedHashMap<>();
  private final Map<String, Chain> wanted = new HashMap<>();

  /** Of chains that are wanted and not known to be written. */
  private final Map<String, List<RenderedRule>> texts = new HashMap<>();

  private final DeltaTracker<String, ChainHashes> hashes = new DeltaTracker<>();
  private int ruleCount;

  RenderedChains(Function<Chain, List<RenderedRule>> render) {
    this.render = render;
  }

  void set(Chain chain) {
    if (chain.equals(wanted.get(chain.name()))) {
      unrendered.remove(chain.name());
    } else {
      unrendered.put(chain.name(), chain);
    }
  }

  void remove(String name) {
    unrendered.remove(name);
    var gone = wanted.remove(name);
    ruleCount -= gone == null ? 0 : gone.rules().size();
    texts.remove(name);
    hashes.remove(name);
  }

  void keepOnly(Set<String> names) {
    var gone = new HashSet<>(wanted.keySet());
    gone.addAll(unrendered.keySet());
    gone.removeAll(names);
    gone.forEach(this::remove);
  }

  /** Has what was set since the last call take part in the comparison. */
  void renderNew() {
    for (var chain : unrendered.values()) {
      var rules = List.copyOf(render.apply(chain));
      var before = wanted.put(chain.name(), chain);
      ruleCount += rules.size() - (before == null ? 0 : before.rules().size());
      hashes.set(chain.name(), ChainHashes.of(rules));
      keepText(chain.name(), rules);
    }
    unrendered.clear();
  }

  int chainCount() {
    return wanted.size();
  }

  /** Of all wanted chains together. */
  int ruleCount() {
    return ruleCount;
  }

  boolean isWanted(String name) {
    return wanted.containsKey(name);
  }

  /** The rules of a wanted chain, none of any other. */
  List<RenderedRule> rules(String name) {
    var text = texts.get(name);
    if (text != null) {
      return text;
    }
    var chain = wanted.get(name);
    return chain == null ? List.of() : List.copyOf(render.apply(chain));
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
    texts.keySet().retainAll(hashes.pendingUpdates());
  }

  /** The kernel now holds what is wanted of this chain. */
  void written(String name) {
    texts.remove(name);
    var now = hashes.desired(name);
    if (now == null) {
      hashes.actualRemoved(name);
    } else {
      hashes.actualSet(name, now);
    }
  }

  /** Until it is written; one that is there as it should be is not. */
  private void keepText(String name, List<RenderedRule> rules) {
    if (hashes.pendingUpdates().contains(name)) {
      texts.put(name, rules);
    } else {
      texts.remove(name);
    }
  }

  /** Nearly all chains are as wanted; their hashes need not be in memory twice. */
  private ChainHashes sharedWithWanted(String name, ChainHashes held) {
    var now = hashes.desired(name);
    return now != null && held.equals(now) ? now : held;
  }

  private static List<String> sorted(Set<String> names) {
    var list = new ArrayList<>(names);
    list.sort(null);
    return list;
  }
}
