package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a rule. Every part that is given must match; within a list one item must (or, in the
 * negated lists, none). Numbered and named ports of one side are alternatives.
 *
 * @param selector canonical text with the namespace and service account parts folded in (datamodel:
 *     rule level); null: none
 * @param notSelector likewise, of what must not match
 */
public record EntityMatch(
    @Nullable String selector,
    @Nullable String notSelector,
    List<Cidr> nets,
    List<Cidr> notNets,
    List<PortRange> ports,
    List<String> namedPorts,
    List<PortRange> notPorts,
    List<String> notNamedPorts) {
  /** Matches everything. */
  public static final EntityMatch ANY =
      new EntityMatch(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public EntityMatch {
    nets = List.copyOf(nets);
    notNets = List.copyOf(notNets);
    ports = List.copyOf(ports);
    namedPorts = List.copyOf(namedPorts);
    notPorts = List.copyOf(notPorts);
    notNamedPorts = List.copyOf(notNamedPorts);
  }
}
