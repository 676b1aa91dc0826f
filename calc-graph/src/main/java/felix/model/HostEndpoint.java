package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface of a host that policy protects.
 *
 * @param host the host that it is on
 * @param interfaceName its name, {@link #ALL_INTERFACES}, or null: the one that has an expected
 *     address
 * @param expectedIps its addresses, which stand for it in IP sets; may be empty if it has a name
 * @param profiles in order: for a label that several give, the first one counts
 * @param labels its own, without those of the profiles
 * @param dscp what packets from its expected addresses to the world are marked with (RFC 2474), 0
 *     to 63; null: as they come
 */
public record HostEndpoint(
    String host,
    @Nullable String interfaceName,
    List<Ip> expectedIps,
    List<String> profiles,
    List<EndpointPort> ports,
    Labels labels,
    @Nullable Integer dscp)
    implements Endpoint {
  /** Stands for all interfaces that have no endpoint of their own. */
  public static final String ALL_INTERFACES = "*";

  public HostEndpoint {
    expectedIps = List.copyOf(expectedIps);
    profiles = List.copyOf(profiles);
    ports = List.copyOf(ports);
  }

  @Override
  public List<Cidr> networks() {
    return expectedIps.stream().map(Ip::toCidr).toList();
  }
}
