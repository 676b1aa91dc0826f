package felix.delta;

import java.util.List;

/** The rules of a policy or profile that some endpoint of this host uses. */
public record ActiveRules(List<ActiveRule> ingress, List<ActiveRule> egress) {
  public ActiveRules {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  /** Those for one direction, in order. */
  public List<ActiveRule> rules(Direction direction) {
    return switch (direction) {
      case INGRESS -> ingress;
      case EGRESS -> egress;
    };
  }
}
