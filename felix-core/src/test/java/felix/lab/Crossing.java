package felix.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One packet on its way through the node, from one namespace to another or back to the same, with
 * any source address. Known again by its number alone: both addresses may be others where it comes
 * out.
 */
public final class Crossing implements AutoCloseable {
  private static final Duration ROUND = Duration.ofMillis(100);
  private static final int ROUNDS = 4;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Tap from;
  private final Tap to;
  private final Probe probe;
  private final byte[] fromMac;
  private final byte[] toMac;

  /** How a packet looks where it came out. */
  public record Seen(String from, String to, int dscp) {}

  Crossing(Node node, String sender, String receiver, Probe probe) {
    var namespace = node.namespaceOf(sender);
    this.probe = probe;
    this.from = Tap.on(namespace, probe.isIpv6());
    this.to = Tap.on(node.namespaceOf(receiver), probe.isIpv6());
    this.fromMac = node.mac(namespace);
    this.toMac =
        namespace.equals(Node.FABRIC) ? node.mac(Node.NAMESPACE) : Address.mac(Host.GATEWAY_MAC);
  }

  /** Sends it; if it does not arrive, once more. */
  Optional<Seen> outcome() {
    for (int round = 0; round < ROUNDS; round++) {
      int number = NUMBER.updateAndGet(n -> n % 60_000 + 1);
      from.send(PacketBuilder.frame(fromMac, toMac, probe, number, 5_000 + number % 60_000));
      Await.pause(ROUND);
      var seen =
          to.received().stream()
              .filter(packet -> packet.ident() == number && packet.protocol() == probe.protocol())
              .findFirst();
      if (seen.isPresent()) {
        var packet = seen.get();
        return Optional.of(new Seen(packet.from(), packet.to(), packet.dscp()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    from.close();
    to.close();
  }
}
