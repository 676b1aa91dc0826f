package felix.model;

import java.util.List;

/**
 * Networks that selectors can match by label.
 *
 * @param profiles whose labels it inherits, as an endpoint does
 */
public record NetworkSet(List<Cidr> nets, List<String> profiles, Labels labels)
    implements Resource, Labelled {
  public NetworkSet {
    nets = List.copyOf(nets);
    profiles = List.copyOf(profiles);
  }
}
