package felix.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sees every write that an agent makes to the kernel, from outside: programs that stand first in
 * its PATH note what they are told and then run the real ones; {@code nft monitor} and {@code ip
 * monitor} see what reaches the kernel any other way. Of IP sets it is seen how they differ from
 * before, also by a set that was made anew with the same members: the kernel tells nobody of
 * changes that change nothing. Sysctls are not seen.
 */
public final class WriteCounter implements AutoCloseable {
  private static final Pattern NEIGHBOUR =
      Pattern.compile(" lladdr |FAILED|INCOMPLETE|STALE|REACHABLE|DELAY|PROBE");

  /** Grows with the members. */
  private static final Pattern HASH_SIZE = Pattern.compile(" hashsize [0-9]+");

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Programs that are fed a batch: the batch is noted. */
  private static final List<String> FED =
      List.of(
          "iptables-restore",
          "iptables-legacy-restore",
          "iptables-nft-restore",
          "ip6tables-restore",
          "ip6tables-legacy-restore",
          "ip6tables-nft-restore");

  /** Programs whose arguments say it all. */
  private static final List<String> TOLD =
      List.of("iptables", "ip6tables", "nft", "ip", "bridge", "arp", "conntrack", "sysctl", "tc");

  private static final String FED_SCRIPT = "#!/bin/sh\ntee -a %s | %s \"$@\"\n";

  private static final String TOLD_SCRIPT = "#!/bin/sh\necho \"$@\" >> %s\nexec %s \"$@\"\n";

  private static final String IPSET_SCRIPT =
      """
      #!/bin/sh
      case "$1" in
        list|save|version|-v|--version|-L|-S) exec %2$s "$@" ;;
        restore|-|-R|-!|-exist) tee -a %1$s | %2$s "$@" ;;
        *) echo "$@" >> %1$s; exec %2$s "$@" ;;
      esac
      """;

  private final Node node;
  private final Path folder;
  private final Path noted;
  private final Path netlink;
  private final Path nftables;
  private final List<Process> monitors = new ArrayList<>();
  private Set<String> setsBefore = Set.of();

  public WriteCounter(Node node) {
    this.node = node;
    try {
      folder = Files.createDirectories(Path.of("/run/lab/counted"));
      noted = Files.createFile(folder.resolve("noted.txt"));
      netlink = Files.createFile(folder.resolve("netlink.txt"));
      nftables = Files.createFile(folder.resolve("nftables.txt"));
      for (var program : FED) {
        wrap(program, FED_SCRIPT);
      }
      for (var program : TOLD) {
        wrap(program, TOLD_SCRIPT);
      }
      wrap("ipset", IPSET_SCRIPT);
      monitor(netlink, "ip", "monitor", "link", "address", "route", "neigh", "rule");
      monitor(nftables, "nft", "monitor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitMonitors();
  }

  private void wrap(String program, String script) throws IOException {
    var real = Shell.here().attempt("command -v " + program).out().strip();
    if (!real.isEmpty()) {
      var wrapper = folder.resolve(program);
      Files.writeString(wrapper, script.formatted(noted, real));
      wrapper.toFile().setExecutable(true);
    }
  }

  private void monitor(Path file, String... argv) throws IOException {
    monitors.add(
        Shell.in(Node.NAMESPACE)
            .process(argv)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
            .start());
  }

  /** Makes changes of its own until both monitors have seen one: from then on they see all. */
  private void awaitMonitors() {
    Await.until(
        "the monitors see changes",
        LIMIT,
        () -> {
          node.shell()
              .run("ip route add blackhole 198.18.0.1/32 && ip route del blackhole 198.18.0.1/32");
          node.shell().run("nft add table ip labmark && nft delete table ip labmark");
          return lines(netlink).findAny().isPresent() && lines(nftables).findAny().isPresent();
        });
  }

  /** The PATH that an agent must have to be counted. */
  public String path() {
    return folder + ":" + System.getenv("PATH");
  }

  /** Forgets what was seen so far. */
  public void reset() {
    try {
      for (var file : List.of(noted, netlink, nftables)) {
        Files.writeString(file, "");
      }
      setsBefore = sets();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was written, line by line. */
  public List<String> writes() {
    return Stream.of(
            lines(noted).filter(WriteCounter::changesSomething),
            neverByItself(),
            lines(nftables),
            changesOfSets())
        .flatMap(lines -> lines)
        .toList();
  }

  private static boolean changesSomething(String line) {
    return !(line.startsWith("#") || line.startsWith("*") || line.equals("COMMIT") || reads(line));
  }

  private static boolean reads(String line) {
    return Stream.of(" list", " show", " -S", " -L", "--version", "-V")
        .anyMatch((" " + line)::contains);
  }

  /** Neighbours come and go as packets do; only those set by hand count. */
  private Stream<String> neverByItself() {
    return lines(netlink)
        .filter(line -> line.contains("PERMANENT") || !NEIGHBOUR.matcher(line).find());
  }

  private Stream<String> changesOfSets() {
    Set<String> now = sets();
    return Stream.concat(
        now.stream().filter(line -> !setsBefore.contains(line)).map(line -> "ipset + " + line),
        setsBefore.stream().filter(line -> !now.contains(line)).map(line -> "ipset - " + line));
  }

  /** A line a set, with a number that the kernel drew for it, and a line a member. */
  private Set<String> sets() {
    var lines = new LinkedHashSet<String>();
    String name = "";
    for (var line : node.shell().run("ipset list").lines().toList()) {
      if (line.startsWith("Name: ")) {
        name = line.substring("Name: ".length());
      } else if (line.startsWith("Header: ")) {
        lines.add(name + " " + HASH_SIZE.matcher(line).replaceAll(""));
      } else if (!line.isEmpty() && !line.contains(": ") && !line.equals("Members:")) {
        lines.add(name + " " + line);
      }
    }
    return lines;
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    monitors.forEach(monitor -> monitor.destroyForcibly().onExit().join());
  }
}
