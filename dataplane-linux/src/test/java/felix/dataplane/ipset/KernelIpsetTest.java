package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class KernelIpsetTest extends IpsetContract {
  private final CommandRunner runner =
      new ProcessCommandRunner(ProgramFinder.ofEnvironment(), Duration.ofSeconds(20));
  private final Set<String> referenced = new HashSet<>();

  KernelIpsetTest() {
    NetworkNamespace.requireOwn();
  }

  @Override
  CommandRunner kernel() {
    return runner;
  }

  @Override
  void reference(String set) {
    rule("-A", set);
    referenced.add(set);
  }

  @Override
  void dereference(String set) {
    if (referenced.remove(set)) {
      rule("-D", set);
    }
  }

  private void rule(String command, String set) {
    CommandResult result =
        runner.run(
            List.of(
                "iptables", command, "INPUT", "-m", "set", "--match-set", set, "src", "-j", "DROP"),
            "");
    if (!result.succeeded()) {
      throw new AssertionError(result.errors());
    }
  }
}
