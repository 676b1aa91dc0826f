package felix.dataplane.netlink;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The kernel's sets of this network namespace, seen through the program {@code ipset}. */
public final class KernelIpSetLab implements IpSetLab {
  private final CommandRunner runner =
      new ProcessCommandRunner(ProgramFinder.ofEnvironment(), Duration.ofSeconds(60));
  private final Set<String> referenced = new HashSet<>();

  public KernelIpSetLab() {
    NetworkNamespace.requireOwn();
  }

  @Override
  public IpSets connect() {
    return new LinuxNetlink(Duration.ofSeconds(10)).ipSets();
  }

  @Override
  public void restore(String... lines) {
    run(String.join("\n", lines) + "\n", "ipset", "restore");
  }

  @Override
  public Set<String> names() {
    return new TreeSet<>(run("", "ipset", "list", "-name").lines().toList());
  }

  @Override
  public @Nullable Set<String> members(String name) {
    if (!names().contains(name)) {
      return null;
    }
    String text = run("", "ipset", "list", name);
    String marker = "Members:\n";
    return new TreeSet<>(text.substring(text.indexOf(marker) + marker.length()).lines().toList());
  }

  @Override
  public void reference(String name) {
    rule("-A", name);
    referenced.add(name);
  }

  @Override
  public void dereference(String name) {
    if (referenced.remove(name)) {
      rule("-D", name);
    }
  }

  @Override
  public void close() {
    List.copyOf(referenced).forEach(this::dereference);
    run("", "ipset", "destroy");
  }

  private void rule(String command, String set) {
    run("", "iptables", command, "INPUT", "-m", "set", "--match-set", set, "src", "-j", "DROP");
  }

  private String run(String input, String... command) {
    CommandResult result = runner.run(List.of(command), input);
    if (!result.succeeded()) {
      throw new AssertionError(result.errors());
    }
    return result.output();
  }
}
