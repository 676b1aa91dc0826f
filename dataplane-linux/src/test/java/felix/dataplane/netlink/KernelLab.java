package felix.dataplane.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import felix.dataplane.exec.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The kernel, in the network namespace of this process. Links are ends of veth pairs. */
public final class KernelLab implements Lab {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Netlink netlink = new LinuxNetlink(Duration.ofSeconds(10));
  private final Rtnetlink observer = netlink.connect();
  private final Map<String, String> peers = new HashMap<>();

  public KernelLab() {
    NetworkNamespace.requireOwn();
  }

  /** Runs {@code ip} and returns what it prints. */
  public static String ip(String arguments) {
    try {
      var command = new ArrayList<>(List.of("ip"));
      command.addAll(List.of(arguments.split(" ")));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("ip " + arguments + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public Netlink netlink() {
    return netlink;
  }

  @Override
  public int addLink(String name) {
    String peer = "p-" + name;
    ip("link add name " + name + " type veth peer name " + peer);
    ip("link set " + peer + " up");
    peers.put(name, peer);
    return link(name).index();
  }

  @Override
  public void up(String name) {
    ip("link set " + name + " up");
    await(name + " runs", () -> link(name).isOperUp());
  }

  @Override
  public void down(String name) {
    ip("link set " + name + " down");
  }

  @Override
  public void loseCarrier(String name) {
    ip("link set " + peers.get(name) + " down");
    await(name + " runs no more", () -> !link(name).isOperUp());
  }

  @Override
  public void rename(String name, String newName) {
    ip("link set " + name + " name " + newName);
    peers.put(newName, requireNonNull(peers.remove(name)));
  }

  @Override
  public void delete(String name) {
    ip("link delete " + name);
    peers.remove(name);
  }

  @Override
  public void addAddress(String name, String cidr) {
    ip("address add " + cidr + " dev " + name + (cidr.contains(":") ? " nodad" : ""));
  }

  @Override
  public void close() {
    peers.keySet().forEach(name -> ip("link delete " + name));
    observer.close();
  }

  private LinkMessage link(String name) {
    return observer.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link " + name));
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Thread.onSpinWait();
    }
  }
}
