package felix.lab;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A stream of packets of two kinds, one that is allowed and one that is denied, about a hundred a
 * second of each. Every packet begins a new connection, so that the rules of its moment judge it.
 * Sees every interruption, and every gap.
 */
public final class Traffic implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration QUIET = Duration.ofMillis(300);

  /** The largest number that a packet can carry. */
  private static final int LIMIT = 0xffff;

  /** Source ports are those of the numbers, above the ones that a host takes for itself. */
  private static final int FIRST_PORT = 1024;

  private static final int PORTS = 64_000;

  private final Node node;
  private final Probe allowed;
  private final Probe denied;
  private final FutureTask<Tally> work = new FutureTask<>(this::run);
  private volatile boolean stopped;

  Traffic(Node node, Probe allowed, Probe denied) {
    this.node = node;
    this.allowed = allowed;
    this.denied = denied;
    Thread.ofPlatform().name("traffic").start(work);
  }

  /** Ends it, when the last packet has had time to arrive. */
  public Tally stop() {
    stopped = true;
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new LabException("traffic: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted in traffic", e);
    }
  }

  private Tally run() {
    try (var good = new Line(allowed);
        var bad = new Line(denied)) {
      int sent = 0;
      while (!stopped && sent < LIMIT) {
        sent++;
        good.send(sent);
        bad.send(sent);
        Await.pause(STEP);
        good.collect();
        bad.collect();
      }
      Await.pause(QUIET);
      return new Tally(sent, sent - good.collect(), bad.collect());
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  /** One kind of packet under way. */
  private final class Line implements AutoCloseable {
    private final Probe probe;
    private final byte[] fromMac;
    private final Tap from;
    private final Tap to;
    private final Set<Integer> arrived = new TreeSet<>();

    Line(Probe probe) {
      this.probe = probe;
      fromMac = node.mac(node.namespaceOf(probe.from()));
      from = Tap.on(node.namespaceOf(probe.from()), probe.isIpv6());
      to = Tap.on(node.namespaceOf(probe.to()), probe.isIpv6());
    }

    void send(int number) {
      var gateway = Address.mac(Host.GATEWAY_MAC);
      var port = FIRST_PORT + number % PORTS;
      from.send(PacketBuilder.frame(fromMac, gateway, probe, number, port));
    }

    /** Takes in what came since the last call: how many different packets arrived so far. */
    int collect() {
      to.received().stream()
          .filter(packet -> packet.from().equals(Address.canonical(probe.from())))
          .filter(packet -> packet.to().equals(Address.canonical(probe.to())))
          .filter(packet -> packet.protocol() == probe.protocol())
          .forEach(packet -> arrived.add(packet.ident()));
      return arrived.size();
    }

    @Override
    public void close() {
      from.close();
      to.close();
    }
  }

  /**
   * How it went.
   *
   * @param sent of each kind
   * @param lost of those that are allowed
   * @param through of those that are denied
   */
  public record Tally(int sent, int lost, int through) {}
}
