package felix.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A workload with CAP_NET_RAW that sends datagrams to another under any address. Each of them is
 * accounted for by the kernel: it arrives, or {@code rp_filter} or the rpfilter rule drops it.
 */
public final class Spoofer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int FIRST_PORT = 30_000;
  private static final int PORT = 53;

  private final Node node;
  private final Backend backend;
  private final Workload attacker;
  private final Workload victim;
  private final Tap from;
  private final Tap to;
  private int ident;

  public Spoofer(Node node, Backend backend, Workload attacker, Workload victim) {
    this.node = node;
    this.backend = backend;
    this.attacker = attacker;
    this.victim = victim;
    this.from = Tap.on(attacker.namespace(), false);
    this.to = Tap.on(victim.namespace(), false);
  }

  /** What became of datagrams. */
  public record Fate(long arrived, long droppedByRpFilter, long droppedByRule) {
    long all() {
      return arrived + droppedByRpFilter + droppedByRule;
    }
  }

  /** Sends some under one address, and waits until it is known what became of each. */
  public Fate send(String source, int count) {
    long filtered = droppedByRpFilter();
    long ruled = droppedByRule();
    to.received();
    int first = ident + 1;
    for (int i = 0; i < count; i++) {
      ident++;
      var probe = Probe.udp(source, victim.ip(), PORT);
      from.send(
          PacketBuilder.frame(
              Address.mac(attacker.mac()),
              Address.mac(Host.GATEWAY_MAC),
              probe,
              ident,
              FIRST_PORT + ident));
    }
    var fates = new Fate[] {new Fate(0, 0, 0)};
    Await.until(
        "it is known what became of %d packets from %s: %s"
            .formatted(count, source, Arrays.toString(fates)),
        LIMIT,
        () -> {
          long arrived = fates[0].arrived() + arrivedSince(first);
          fates[0] = new Fate(arrived, droppedByRpFilter() - filtered, droppedByRule() - ruled);
          return fates[0].all() >= count;
        });
    return fates[0];
  }

  private long arrivedSince(int first) {
    return to.received().stream()
        .filter(packet -> packet.ident() >= first && packet.to().equals(victim.ip()))
        .count();
  }

  /** The kernel's own count, {@code IPReversePathFilter} of {@code nstat}. */
  private long droppedByRpFilter() {
    List<String> lines =
        node.shell()
            .run("cat /proc/net/netstat")
            .lines()
            .filter(l -> l.startsWith("TcpExt"))
            .toList();
    int column = Arrays.asList(lines.getFirst().split(" ", -1)).indexOf("IPReversePathFilter");
    return Long.parseLong(lines.get(1).split(" ", -1)[column]);
  }

  private long droppedByRule() {
    return node.shell()
        .run("iptables-%s-save -c -t raw".formatted(backend.word()))
        .lines()
        .filter(line -> line.contains("rpfilter"))
        .mapToLong(line -> Long.parseLong(line.substring(1, line.indexOf(':'))))
        .sum();
  }

  @Override
  public void close() {
    from.close();
    to.close();
  }
}
