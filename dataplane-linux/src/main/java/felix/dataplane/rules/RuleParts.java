package felix.dataplane.rules;

import felix.model.PortRange;
import java.util.List;

/** Matches that several static rules share. */
final class RuleParts {
  private RuleParts() {}

  static Match destinationPort(int port) {
    return new Match.OfPorts(Side.DESTINATION, List.of(PortRange.of(port)), false);
  }

  static Match sourcePort(int port) {
    return new Match.OfPorts(Side.SOURCE, List.of(PortRange.of(port)), false);
  }
}
