package felix.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All settings there are. */
public final class Settings {
  private static final List<Section> SECTIONS =
      List.of(
          new Section("The way to the datastore", ConnectionSettings.ALL),
          new Section("Process", ProcessSettings.ALL),
          new Section("Log", LogSettings.ALL),
          new Section("Health", HealthSettings.ALL),
          new Section("Status reports", ReportingSettings.ALL),
          new Section("Metrics", MetricsSettings.ALL),
          new Section("Interfaces, routes and IP sets", KernelSettings.ALL),
          new Section("Routes", RouteSettings.ALL),
          new Section("Workloads", WorkloadSettings.ALL),
          new Section("Overlay", OverlaySettings.ALL),
          new Section("NAT", NatSettings.ALL),
          new Section("Rules: iptables", IptablesSettings.ALL),
          new Section("Rules: nftables", NftablesSettings.ALL),
          new Section("XDP", XdpSettings.ALL),
          new Section("WireGuard", WireguardSettings.ALL),
          new Section("Flow logs", FlowLogSettings.ALL),
          new Section("Usage reports", UsageSettings.ALL),
          new Section("Debugging", DebugSettings.ALL),
          new Section("From other resources", DerivedSettings.ALL));

  private static final List<Setting<?>> ALL =
      SECTIONS.stream().map(Section::settings).flatMap(List::stream).toList();

  private static final Map<String, Setting<?>> BY_NAME =
      ALL.stream()
          .collect(Collectors.toUnmodifiableMap(s -> folded(s.name()), Function.identity()));

  private Settings() {}

  /** In the order of the documentation. */
  public static List<Section> sections() {
    return SECTIONS;
  }

  /** Likewise. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** Whatever the case of the name; null if there is none. */
  static @Nullable Setting<?> named(String name) {
    return BY_NAME.get(folded(name));
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
