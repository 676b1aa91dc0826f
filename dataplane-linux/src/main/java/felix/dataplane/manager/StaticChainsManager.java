package felix.dataplane.manager;

import static java.util.Objects.requireNonNull;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.OverlayState;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import felix.delta.DataplaneDelta;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has the chains that every host has, and the rules that lead to them, as the network between the
 * hosts wants them to be.
 */
public final class StaticChainsManager implements Manager {
  private final StaticChains renderer;
  private final OverlayView overlay;
  private final Map<Table, TableWishes> wishes;
  private final Map<Table, ChainGroup> chains = new EnumMap<>(Table.class);

  /** What is desired now; null before the first delta. */
  private @Nullable OverlayState rendered;

  /** Where what a table should hold is written to. */
  public record TableWishes(Desired<String, Chain> chains, Desired<String, List<Rule>> hooks) {}

  /** Desires nothing before the first delta, as nothing is written before it. */
  public StaticChainsManager(
      StaticChains renderer, OverlayView overlay, Map<Table, TableWishes> wishes) {
    this.renderer = renderer;
    this.overlay = overlay;
    this.wishes = Map.copyOf(wishes);
    wishes.forEach((table, wish) -> chains.put(table, new ChainGroup(wish.chains())));
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    overlay.absorb(delta);
    var state = overlay.state();
    if (!state.equals(rendered)) {
      wishes.forEach((table, wish) -> set(table, state, wish));
      rendered = state;
    }
  }

  private void set(Table table, OverlayState state, TableWishes wish) {
    var contents = renderer.of(table, state);
    requireNonNull(chains.get(table)).replace(List.copyOf(contents.chains().values()));
    contents.hooks().forEach(wish.hooks()::set);
  }
}
