package felix.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sends probes and sees which arrive. A probe that did not is sent a second time, so that only
 * rules can stop it. Every packet has a new source port; one that has none would count as part of
 * an earlier flow, so those flows are forgotten first.
 */
public final class Prober {
  /**
   * As many as are under way at one time; the order of packets is part of what was recorded in the
   * worlds.
   */
  private static final int BURST = 256;

  /** For each round: after so long without a packet no more are coming. */
  private static final List<Duration> ROUNDS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(150));

  private final Node node;
  private int nextPort = 10_000;

  public Prober(Node node) {
    this.node = node;
  }

  public boolean arrives(Probe probe) {
    return !arrived(List.of(probe)).isEmpty();
  }

  /** The indexes of the probes that arrived. */
  public Set<Integer> arrived(List<Probe> probes) {
    node.shell().attempt("conntrack -D -p 47");
    var arrived = new TreeSet<Integer>();
    try (var flight = new Flight(probes)) {
      for (var quiet : ROUNDS) {
        var todo =
            IntStream.range(0, probes.size()).filter(i -> !arrived.contains(i)).boxed().toList();
        for (int start = 0; start < todo.size(); start += BURST) {
          todo.subList(start, Math.min(start + BURST, todo.size())).forEach(flight::send);
          arrived.addAll(flight.landed(quiet));
        }
      }
    }
    return arrived;
  }

  private int newPort() {
    nextPort = nextPort < 60_000 ? nextPort + 1 : 10_000;
    return nextPort;
  }

  private record Place(String namespace, boolean ipv6) {}

  /** The open taps of one try. */
  private final class Flight implements AutoCloseable {
    private final List<Probe> probes;
    private final Map<Place, Ear> taps = new HashMap<>();
    private final Map<String, byte[]> macs = new HashMap<>();
    private final byte[] gateway = Address.mac(Host.GATEWAY_MAC);

    Flight(List<Probe> probes) {
      this.probes = probes;
      for (var probe : probes) {
        for (var end : List.of(probe.from(), node.endOf(probe))) {
          tap(node.namespaceOf(end), probe.isIpv6());
        }
      }
    }

    private Ear tap(String namespace, boolean ipv6) {
      return taps.computeIfAbsent(
          new Place(namespace, ipv6),
          place ->
              namespace.equals(Node.NAMESPACE) ? HostTap.in(namespace) : Tap.on(namespace, ipv6));
    }

    void send(int index) {
      var probe = probes.get(index);
      var from = node.namespaceOf(probe.from());
      var to = from.equals(Node.FABRIC) ? mac(Node.NAMESPACE) : gateway;
      var frame = PacketBuilder.frame(mac(from), to, probe, index + 1, newPort());
      tap(from, probe.isIpv6()).send(frame);
    }

    private byte[] mac(String namespace) {
      return macs.computeIfAbsent(namespace, node::mac);
    }

    /** The probes that came in where they should; waits until no more do. */
    List<Integer> landed(Duration quiet) {
      var landed = new ArrayList<Integer>();
      int before;
      do {
        before = landed.size();
        Await.pause(quiet);
        taps.forEach(
            (place, tap) -> {
              for (var packet : tap.received()) {
                if (isOurs(packet, place.namespace())) {
                  landed.add(packet.ident() - 1);
                }
              }
            });
      } while (landed.size() > before);
      return landed;
    }

    private boolean isOurs(LabPacket packet, String where) {
      int index = packet.ident() - 1;
      if (index < 0 || index >= probes.size()) {
        return false;
      }
      var probe = probes.get(index);
      var end = node.endOf(probe);
      return packet.to().equals(Address.canonical(end))
          && packet.protocol() == probe.protocol()
          && node.namespaceOf(end).equals(where);
    }

    @Override
    public void close() {
      taps.values().forEach(Ear::close);
    }
  }
}
