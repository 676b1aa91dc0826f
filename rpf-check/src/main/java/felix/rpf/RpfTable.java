package felix.rpf;

import felix.rpf.RpFilterSettings.Interface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A verdict for each interface that is a workload's, and all of them as {@code rpf-check} prints
 * them.
 */
public final class RpfTable {
  private static final String ROW = "%-15s %-3s %-3s %-9s %s";

  private final RpFilterSettings settings;
  private final WorkloadInterfaces workloads;
  private final String looseIs;

  private RpfTable(
      RpFilterSettings settings, WorkloadInterfaces workloads, boolean ignoreLooseRpf) {
    this.settings = settings;
    this.workloads = workloads;
    this.looseIs = ignoreLooseRpf ? "tolerated" : "refused";
  }

  static List<String> lines(
      RpFilterSettings settings, WorkloadInterfaces workloads, boolean ignoreLooseRpf) {
    return new RpfTable(settings, workloads, ignoreLooseRpf).lines();
  }

  /**
   * The verdicts by interface: {@code enforced}, {@code tolerated} or {@code refused}. Workloads'
   * interfaces only, and those to come as {@code default}.
   */
  public static Map<String, String> verdicts(
      RpFilterSettings settings, WorkloadInterfaces workloads, boolean ignoreLooseRpf) {
    var table = new RpfTable(settings, workloads, ignoreLooseRpf);
    var verdicts = new TreeMap<String, String>();
    verdicts.put("default", table.word(settings.forNew()));
    settings.interfaces().stream()
        .filter(each -> workloads.contains(each.name()))
        .forEach(each -> verdicts.put(PrintableName.of(each.name()), table.word(each.own())));
    return verdicts;
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(ROW.formatted("interface", "all", "own", "effective", "verdict"));
    lines.add(row("all", null, settings.all(), ofAll()));
    lines.add(
        row("default", settings.forNew(), effective(settings.forNew()), word(settings.forNew())));
    for (Interface each : settings.interfaces()) {
      String verdict =
          workloads.contains(each.name()) ? word(each.own()) : "not a workload's interface";
      lines.add(row(each.name(), each.own(), effective(each.own()), verdict));
    }
    return lines;
  }

  private String row(
      String name, @Nullable RpFilter own, @Nullable RpFilter effective, String verdict) {
    return ROW.formatted(
            PrintableName.of(name),
            number(settings.all()),
            name.equals("all") ? "-" : number(own),
            number(effective),
            verdict)
        .stripTrailing();
  }

  /** It does harm alone, and good only together with others. */
  private String ofAll() {
    RpFilter all = settings.all();
    return all == null || all == RpFilter.LOOSE ? looseIs : "-";
  }

  private String word(@Nullable RpFilter own) {
    if (settings.all() == null) {
      return looseIs;
    }
    return switch (effective(own)) {
      case STRICT -> "enforced";
      case LOOSE -> looseIs;
      case OFF -> "tolerated";
      case null -> "tolerated";
    };
  }

  /** Unknown where the unknown one could be the larger. */
  private @Nullable RpFilter effective(@Nullable RpFilter own) {
    RpFilter all = settings.all();
    if (all == RpFilter.LOOSE) {
      return RpFilter.LOOSE;
    }
    return all == null || own == null ? null : RpFilter.effective(all, own);
  }

  private static String number(@Nullable RpFilter value) {
    return value == null ? "?" : Integer.toString(value.number());
  }
}
