package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What few workload endpoints ask for.
 *
 * @param translations floating IPs
 * @param spoofableSources networks that it may send from although they are not its own
 * @param dscp what its packets to the world are marked with (RFC 2474), 0 to 63; null: as they come
 */
public record WorkloadExtras(
    List<AddressTranslation> translations, List<Cidr> spoofableSources, @Nullable Integer dscp) {
  /** None of it. */
  public static final WorkloadExtras NONE = new WorkloadExtras(List.of(), List.of(), null);

  public WorkloadExtras {
    translations = List.copyOf(translations);
    spoofableSources = List.copyOf(spoofableSources);
  }
}
