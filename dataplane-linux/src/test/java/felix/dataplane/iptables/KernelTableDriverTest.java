package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.count.Distribution;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProcessConversations;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.exec.TrackedConversations;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("netns")
@ParameterizedClass
@MethodSource("environments")
class KernelTableDriverTest extends TableDriverContract {
  private static final ProgramFinder PROGRAMS = ProgramFinder.ofEnvironment();
  private static final CommandRunner RUNNER =
      new ProcessCommandRunner(PROGRAMS, Duration.ofSeconds(30));
  private static final TrackedConversations CHILDREN =
      new TrackedConversations(new ProcessConversations(PROGRAMS, new Distribution()));

  static Stream<IptablesTools> environments() {
    return Stream.of(IpVersion.values())
        .flatMap(version -> Stream.of(IptablesBackend.values()).map(b -> tools(version, b)));
  }

  private static IptablesTools tools(IpVersion version, IptablesBackend backend) {
    return IptablesTools.find(version, backend, LockWait.DEFAULT, PROGRAMS, RUNNER);
  }

  KernelTableDriverTest(IptablesTools tools) {
    super(tools, new KeptRestore(tools, emptyTables(tools), CHILDREN, Duration.ofSeconds(30)));
  }

  @AfterEach
  void endChild() {
    CHILDREN.close();
  }

  private static CommandRunner emptyTables(IptablesTools tools) {
    NetworkNamespace.requireOwn();
    var restore = List.of(tools.restoreCommand().getFirst());
    for (var table : Table.values()) {
      String chains =
          KernelChains.of(table).stream()
              .map(chain -> ":" + chain + " ACCEPT [0:0]\n")
              .collect(Collectors.joining());
      var result = RUNNER.run(restore, "*" + table.kernelName() + "\n" + chains + "COMMIT\n");
      assertThat(result.exitCode()).as(result.errors()).isZero();
    }
    return RUNNER;
  }

  @Override
  TableDriver.Beside beside() {
    var fingerprints = new LinuxNetlink(Duration.ofSeconds(10)).rules();
    return new TableDriver.Beside(Runnable::run, System::nanoTime, fingerprints);
  }

  @Override
  int histories() {
    return 15;
  }
}
