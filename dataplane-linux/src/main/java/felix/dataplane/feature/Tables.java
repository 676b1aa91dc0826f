package felix.dataplane.feature;

import felix.dataplane.iptables.TableDriver;
import felix.dataplane.manager.OverlayView;
import felix.dataplane.manager.StaticChainsManager;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tables with the chains that every host has, and the rules that lead to them. */
public final class Tables {
  private Tables() {}

  /**
   * A feature that desires nothing yet.
   *
   * @param overlay of the drivers' family; knows nothing yet
   */
  public static Feature of(
      Map<Table, TableDriver> drivers, StaticChains chains, OverlayView overlay, Refresh refresh) {
    var wishes = new EnumMap<Table, TableWishes>(Table.class);
    var steps = new ArrayList<Step>();
    drivers.forEach(
        (table, driver) -> {
          wishes.put(table, new TableWishes(driver.chains(), driver.hooks()));
          steps.add(new Step(stage(table), driver, refresh));
        });
    var manager = new StaticChainsManager(chains, overlay, wishes);
    return new Feature(List.of(manager), steps, List.of(), List.of());
  }

  private static Stage stage(Table table) {
    return switch (table) {
      case RAW -> Stage.RAW;
      case MANGLE -> Stage.MANGLE;
      case NAT -> Stage.NAT;
      case FILTER -> Stage.FILTER;
    };
  }
}
