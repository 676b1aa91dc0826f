package felix.lab;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a packet each half millisecond, every one the first of a connection, until one arrives, and
 * knows when the first of those that arrived was sent: what it was sent into let it through then,
 * however long nobody looked.
 */
public final class Onset {
  private static final Duration STEP = Duration.ofNanos(500_000);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The largest number that a packet can carry. */
  private static final int NUMBERS = 0xffff;

  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 64_000;

  private final Node node;
  private final Probe probe;
  private final FutureTask<Long> work = new FutureTask<>(this::run);

  Onset(Node node, Probe probe) {
    this.node = node;
    this.probe = probe;
    Thread.ofPlatform().name("onset").start(work);
  }

  /** When the first packet that came in was sent, by {@link System#nanoTime}; waits for it. */
  public long nanoTime() {
    try {
      return work.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LabException("onset: " + e.getCause(), e);
    } catch (TimeoutException e) {
      work.cancel(true);
      throw new LabException("no packet arrived: " + probe, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted in onset", e);
    }
  }

  private long run() {
    String from = node.namespaceOf(probe.from());
    String to = node.namespaceOf(node.endOf(probe));
    byte[] fromMac = node.mac(from);
    byte[] gateway = Address.mac(Host.GATEWAY_MAC);
    var sent = new long[NUMBERS + 1];
    try (var sender = Tap.on(from, probe.isIpv6());
        var receiver = Tap.on(to, probe.isIpv6())) {
      for (int n = 1; !Thread.currentThread().isInterrupted(); n = n % NUMBERS + 1) {
        var frame = PacketBuilder.frame(fromMac, gateway, probe, n, FIRST_PORT + n % PORTS);
        sent[n] = System.nanoTime();
        sender.send(frame);
        Await.pause(STEP);
        var first = receiver.received().stream().filter(this::isOurs).findFirst();
        if (first.isPresent()) {
          return sent[first.get().ident()];
        }
      }
    }
    throw new LabException("given up: " + probe);
  }

  private boolean isOurs(LabPacket packet) {
    return packet.protocol() == probe.protocol()
        && packet.from().equals(Address.canonical(probe.from()))
        && packet.to().equals(Address.canonical(node.endOf(probe)));
  }
}
