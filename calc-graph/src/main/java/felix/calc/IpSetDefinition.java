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
   * @param protocol one of {@link #PROTOCOLS}, or null: of each of them
   */
  record NamedPort(@Nullable Protocol protocol, String name) {
    /** Those that have ports. */
    static final List<Protocol> PROTOCOLS = List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

    /** In the IDs of sets, as in Felix. */
    String protocolText() {
      return protocol == null ? "any" : protocol.text();
    }

    /** Gives the protocol of a port if it is such a port. */
    void ifMatches(EndpointPort port, Consumer<Protocol> action) {
      for (Protocol candidate : PROTOCOLS) {
        if (port.name().equals(name)
            && port.protocol().number() == candidate.number()
            && (protocol == null || protocol.equals(candidate))) {
          action.accept(candidate);
        }
      }
    }
  }

  static IpSetDefinition ofSelector(Selector selector) {
    var id = new IpSetId(selector.id());
    return new IpSetDefinition(id, id, selector, null);
  }

  IpSetDefinition withPort(NamedPort port) {
    String portId = Selector.namedPortId(selectorId.value(), port.protocolText(), port.name);
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
      for (EndpointPort port : endpoint.ports()) {
        named.ifMatches(port, protocol -> forEachAddress(endpoint, protocol, port, action));
      }
    }
  }

  private static void forEachAddress(
      Endpoint endpoint, Protocol protocol, EndpointPort port, Consumer<IpSetMember> action) {
    for (Cidr network : endpoint.networks()) {
      action.accept(new IpSetMember.Port(network.address(), protocol, port.port()));
    }
  }

  private static List<Cidr> networks(Labelled item) {
    return switch (item) {
      case Endpoint endpoint -> endpoint.networks();
      case NetworkSet set -> set.nets();
    };
  }
}
