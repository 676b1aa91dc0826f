package felix.calc;

import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Endpoint;
import felix.model.EndpointPort;
import felix.model.Labelled;
import felix.model.NetworkSet;
import felix.model.Protocol;
import felix.selector.Selector;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in an IP set: the addresses of all that a selector matches, or, with a named port, those
 * addresses with the ports of that name. The ID says it all: definitions of one ID are equal.
 *
 * @param selectorId of the set that the selector makes without a port
 */
record IpSetDefinition(
    IpSetId id, IpSetId selectorId, Selector selector, @Nullable NamedPort port) {

  /**
   * The ports of an endpoint that have this name.
   *
   * @param protocol {@link Protocol#TCP}, {@link Protocol#UDP} or {@link Protocol#SCTP}
   */
  record NamedPort(Protocol protocol, String name) {
    boolean matches(EndpointPort port) {
      return port.name().equals(name) && port.protocol().number() == protocol.number();
    }
  }

  static IpSetDefinition ofSelector(Selector selector) {
    var id = new IpSetId(selector.id());
    return new IpSetDefinition(id, id, selector, null);
  }

  IpSetDefinition withPort(NamedPort port) {
    String portId = Selector.namedPortId(selectorId.value(), port.protocol.text(), port.name);
    return new IpSetDefinition(new IpSetId(portId), selectorId, selector, port);
  }

  IpSetType type() {
    return port == null ? IpSetType.NET : IpSetType.IP_PORT;
  }

  /** What something that the selector matches brings into the set. May name a member twice. */
  void forEachMember(Labelled item, Consumer<IpSetMember> action) {
    NamedPort named = port;
    if (named == null) {
      networks(item).forEach(network -> IpSetMember.Net.forEach(network, action));
    } else if (item instanceof Endpoint endpoint) {
      for (EndpointPort candidate : endpoint.ports()) {
        if (named.matches(candidate)) {
          for (Cidr network : endpoint.networks()) {
            action.accept(
                new IpSetMember.Port(network.address(), named.protocol, candidate.port()));
          }
        }
      }
    }
  }

  private static List<Cidr> networks(Labelled item) {
    return switch (item) {
      case Endpoint endpoint -> endpoint.networks();
      case NetworkSet set -> set.nets();
    };
  }
}
