package felix.dataplane.feature;

import felix.dataplane.iptables.TableDriver;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables with the chains that every host has, and the rules that lead to them. */
public final class Tables {
  private Tables() {}

  /** Desires the static chains at once: they depend on settings only. */
  public static Feature of(Map<Table, TableDriver> drivers, StaticChains chains, Refresh refresh) {
    var steps = new ArrayList<Step>();
    drivers.forEach(
        (table, driver) -> {
          var contents = chains.of(table);
          contents.chains().forEach(driver.chains()::set);
          contents.hooks().forEach(driver.hooks()::set);
          steps.add(new Step(stage(table), driver, refresh));
        });
    return new Feature(List.of(), steps, List.of(), List.of());
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
