package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.FloatingIpChains;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.model.AddressTranslation;
import felix.model.IpVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The translation of floating IPs, of one family. Both chains are always there. */
public final class FloatingIps implements WorkloadPart {
  private final IpVersion version;
  private final boolean enabled;
  private final FloatingIpChains renderer;
  private final Desired<String, Chain> nat;

  /** Only of interfaces that have any. */
  private final Map<String, List<AddressTranslation>> byInterface = new HashMap<>();

  /**
   * Desires the chains at once, empty: the nat table's other chains lead to them.
   *
   * @param enabled false: they stay so
   */
  public FloatingIps(
      IpVersion version, boolean enabled, FloatingIpChains renderer, Desired<String, Chain> nat) {
    this.version = version;
    this.enabled = enabled;
    this.renderer = renderer;
    this.nat = nat;
    render();
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    boolean changed = false;
    for (var change : workloads) {
      var after = ofFamily(change.after());
      changed |= WorkloadPart.replace(byInterface, change.key(), after, List.of());
    }
    if (changed) {
      render();
    }
  }

  private List<AddressTranslation> ofFamily(@Nullable ActiveWorkload workload) {
    return workload == null || !enabled
        ? List.of()
        : workload.extras().translations().stream()
            .filter(translation -> translation.external().version() == version)
            .toList();
  }

  private void render() {
    renderer
        .of(byInterface.values().stream().flatMap(List::stream).toList())
        .forEach(chain -> nat.set(chain.name(), chain));
  }
}
