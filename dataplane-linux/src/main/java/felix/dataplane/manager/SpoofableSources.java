package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.SpoofingChain;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which workloads may send from addresses that are not theirs, in one family. Where nobody may,
 * there is no chain, and no rule that leads to it.
 */
public final class SpoofableSources implements WorkloadPart {
  private static final Logger LOG = LoggerFactory.getLogger(SpoofableSources.class);

  private final IpVersion version;
  private final boolean enabled;
  private final Desired<String, Chain> raw;

  /** Only of interfaces that have any. */
  private final SortedMap<String, List<Cidr>> byInterface = new TreeMap<>();

  /**
   * Desires the chain at once, empty, if anybody may have exceptions.
   *
   * @param enabled false: whoever asks for them has none
   */
  public SpoofableSources(IpVersion version, boolean enabled, Desired<String, Chain> raw) {
    this.version = version;
    this.enabled = enabled;
    this.raw = raw;
    if (enabled) {
      render();
    }
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    boolean changed = false;
    for (var change : workloads) {
      var after = ofFamily(change.after());
      if (enabled) {
        changed |= WorkloadPart.replace(byInterface, change.key(), after, List.of());
      } else if (!after.isEmpty()) {
        LOG.warn(
            "The endpoint of {} asks to send from {}, which WorkloadSourceSpoofing does not allow",
            change.key(),
            after);
      }
    }
    if (changed) {
      render();
    }
  }

  private List<Cidr> ofFamily(@Nullable ActiveWorkload workload) {
    return workload == null
        ? List.of()
        : workload.extras().spoofableSources().stream()
            .filter(network -> network.version() == version)
            .toList();
  }

  private void render() {
    var chain = SpoofingChain.of(byInterface);
    raw.set(chain.name(), chain);
  }
}
