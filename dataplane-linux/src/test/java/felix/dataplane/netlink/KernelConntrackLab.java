package felix.dataplane.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.IpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The kernel's table of this network namespace, filled with the program {@code conntrack}. */
public final class KernelConntrackLab implements ConntrackLab {
  public KernelConntrackLab() {
    NetworkNamespace.requireOwn();
  }

  @Override
  public Conntrack connect() {
    return new LinuxNetlink(Duration.ofSeconds(10)).conntrack();
  }

  @Override
  public void add(ConntrackTuple original, ConntrackTuple reply, int zone) {
    var arguments = new ArrayList<String>(List.of("-I"));
    arguments.addAll(List.of("-s", original.source().toString()));
    arguments.addAll(List.of("-d", original.destination().toString()));
    arguments.addAll(List.of("-r", reply.source().toString()));
    arguments.addAll(List.of("-q", reply.destination().toString()));
    arguments.addAll(List.of("-t", "600", "-w", Integer.toString(zone)));
    arguments.addAll(List.of("-p", Integer.toString(original.protocol())));
    if (original.detail() instanceof Detail.Ports(int source, int destination)) {
      arguments.addAll(List.of("--sport", source + "", "--dport", destination + ""));
    }
    if (reply.detail() instanceof Detail.Ports(int source, int destination)) {
      arguments.addAll(
          List.of("--reply-port-src", source + "", "--reply-port-dst", destination + ""));
    }
    if (original.detail() instanceof Detail.Icmp(int type, int code, int id)) {
      String prefix = original.source().version() == IpVersion.V4 ? "--icmp-" : "--icmpv6-";
      arguments.addAll(List.of(prefix + "type", type + "", prefix + "code", code + ""));
      arguments.addAll(List.of(prefix + "id", id + ""));
    }
    if (original.protocol() == 6) {
      arguments.addAll(List.of("--state", "ESTABLISHED"));
    }
    run(arguments);
  }

  /** What {@code conntrack} lists of a family, a line a connection. */
  public static List<String> lines(IpVersion version) {
    return run(List.of("-L", "-f", "ipv" + version.number(), "-o", "id"))
        .lines()
        .filter(line -> line.contains("src="))
        .toList();
  }

  @Override
  public void close() {
    run(List.of("-F"));
  }

  private static String run(List<String> arguments) {
    try {
      var command = new ArrayList<>(List.of("conntrack"));
      command.addAll(arguments);
      var process = new ProcessBuilder(command).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      String words = new String(process.getErrorStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + words);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
