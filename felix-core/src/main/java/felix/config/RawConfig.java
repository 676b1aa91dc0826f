package felix.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every source holds, as text by name. Names are one whatever their case. */
public final class RawConfig {
  private final Map<Source, Map<String, String>> bySource;
  private final List<Finding> findings;

  private RawConfig(Map<Source, Map<String, String>> bySource, List<Finding> findings) {
    this.bySource = bySource;
    this.findings = findings;
  }

  public static RawConfig empty() {
    return new RawConfig(new EnumMap<>(Source.class), List.of());
  }

  /** The same with what a source now holds. */
  public RawConfig with(Source source, Map<String, String> values) {
    var folded = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    folded.putAll(values);
    var all = new EnumMap<Source, Map<String, String>>(Source.class);
    all.putAll(bySource);
    all.put(source, folded);
    return new RawConfig(all, findings);
  }

  /** The same, read with this noticed. */
  RawConfig with(List<Finding> noticed) {
    var all = new ArrayList<>(findings);
    all.addAll(noticed);
    return new RawConfig(bySource, List.copyOf(all));
  }

  /** Empty texts among them, which count as nothing. */
  Map<String, String> of(Source source) {
    return bySource.getOrDefault(source, Map.of());
  }

  /** What was noticed when the sources were read. */
  List<Finding> findings() {
    return findings;
  }
}
