package felix.dataplane.iptables;

import felix.dataplane.iptables.SavedTable.Hook;
import felix.dataplane.iptables.SavedTable.Hooked;
import felix.dataplane.iptables.SavedTable.Stray;
import felix.dataplane.iptables.TablePlan.ChainWrite;
import felix.dataplane.iptables.TablePlan.HookWrite;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is desired of a table and what it holds as far as we know. No I/O; making a plan costs what
 * has changed.
 */
final class TableState {
  private final ChainInsertMode insertMode;
  private final RenderedChains chains;
  private final RenderedChains hooks;

  /** Text of our rules in chains of others, for deleting them. */
  private final Map<String, List<String>> hookTexts = new HashMap<>();

  private List<Stray> strays = List.of();

  TableState(ChainInsertMode insertMode, Function<Chain, List<RenderedRule>> render) {
    this.insertMode = insertMode;
    this.chains = new RenderedChains(render);
    this.hooks = new RenderedChains(render);
  }

  Desired<String, Chain> desiredChains() {
    return new DesiredChains();
  }

  Desired<String, List<Rule>> desiredHooks() {
    return new DesiredHooks();
  }

  void replaceActual(SavedTable saved) {
    var held = new LinkedHashMap<String, ChainHashes>();
    saved.chains().forEach((name, hashes) -> held.put(name, new ChainHashes(hashes, true)));
    chains.replaceHeld(held);
    var hooked = new LinkedHashMap<String, ChainHashes>();
    hookTexts.clear();
    saved
        .hooks()
        .forEach(
            (name, found) -> {
              hooked.put(name, hashes(found));
              hookTexts.put(name, found.rules().stream().map(Hook::spec).toList());
            });
    hooks.replaceHeld(hooked);
    strays = saved.strays();
  }

  /** Tells how much is wanted, as of the last plan. */
  void describe(TableStatus status) {
    status.wants(chains.chainCount(), chains.ruleCount() + hooks.ruleCount());
  }

  TablePlan plan() {
    chains.renderNew();
    hooks.renderNew();
    return new TablePlan(
        chains.toWrite().stream().map(this::chainWrite).toList(),
        chains.toRemove(),
        hookWrites(),
        strays.stream().filter(this::isDoomed).toList());
  }

  /** The kernel took the plan. Nothing may have been desired since it was made. */
  void applied(TablePlan plan) {
    plan.writes().forEach(write -> chains.written(write.chain()));
    plan.removals().forEach(chains::written);
    for (var hook : plan.hooks()) {
      hooks.written(hook.chain());
      if (hook.wanted().isEmpty()) {
        hookTexts.remove(hook.chain());
      } else {
        hookTexts.put(hook.chain(), hook.wanted().stream().map(RenderedRule::spec).toList());
      }
    }
    if (!plan.strays().isEmpty()) {
      strays = strays.stream().filter(stray -> !plan.strays().contains(stray)).toList();
    }
  }

  private ChainHashes hashes(Hooked found) {
    return new ChainHashes(
        found.rules().stream().map(Hook::hash).toList(), found.inPlace(insertMode));
  }

  private ChainWrite chainWrite(String name) {
    var held = chains.held(name);
    return new ChainWrite(name, held == null ? null : held.hashes(), chains.rules(name));
  }

  private List<HookWrite> hookWrites() {
    var names = new ArrayList<>(hooks.toWrite());
    names.addAll(hooks.toRemove());
    return names.stream().map(this::hookWrite).toList();
  }

  private HookWrite hookWrite(String name) {
    var held = hookTexts.getOrDefault(name, List.of());
    return new HookWrite(name, held, hooks.rules(name), insertMode);
  }

  /** A chain that others lead to cannot be deleted. While it is wanted, it is their rule. */
  private boolean isDoomed(Stray stray) {
    return stray.target().isEmpty() || !chains.isWanted(stray.target().get());
  }

  private final class DesiredChains implements Desired<String, Chain> {
    @Override
    public void set(String name, Chain chain) {
      if (!name.equals(chain.name()) || !OwnChains.contains(name)) {
        throw new IllegalArgumentException(
            "chain " + chain.name() + " as " + name + ": would not be known as ours");
      }
      chains.set(chain);
    }

    @Override
    public void remove(String name) {
      chains.remove(name);
    }

    @Override
    public void replaceAll(Map<String, Chain> values) {
      chains.keepOnly(values.keySet());
      values.forEach(this::set);
    }
  }

  private final class DesiredHooks implements Desired<String, List<Rule>> {
    @Override
    public void set(String kernelChain, List<Rule> rules) {
      if (rules.isEmpty()) {
        hooks.remove(kernelChain);
      } else {
        hooks.set(new Chain(kernelChain, rules));
      }
    }

    @Override
    public void remove(String kernelChain) {
      hooks.remove(kernelChain);
    }

    @Override
    public void replaceAll(Map<String, List<Rule>> values) {
      hooks.keepOnly(values.keySet());
      values.forEach(this::set);
    }
  }
}
