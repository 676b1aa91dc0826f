package felix.dataplane.iptables;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that this host has, of one family and backend: whatever an agent is configured to use
 * now, another one may have used the other backend.
 *
 * <p>Looking at a legacy table makes it; so only those are here that the kernel says it has. The
 * tools for nft show tables that are not there as empty.
 */
public record HostTables(IptablesTools tools, List<Table> tables) {
  private static final Logger log = LoggerFactory.getLogger(HostTables.class);

  public HostTables {
    tables = List.copyOf(tables);
  }

  /**
   * All there are.
   *
   * @param net {@code /proc/net}
   */
  public static List<HostTables> find(
      LockWait lock, ProgramFinder programs, CommandRunner runner, Path net) {
    var found = new ArrayList<HostTables>();
    for (var backend : IptablesBackend.values()) {
      for (var version : IpVersion.values()) {
        try {
          var tools = IptablesTools.find(version, backend, lock, programs, runner);
          found.add(new HostTables(tools, tables(tools, net)));
        } catch (KernelException e) {
          log.debug("not installed, so nobody has written with it: {}", e.getMessage());
        }
      }
    }
    return found.stream().filter(host -> !host.tables().isEmpty()).toList();
  }

  private static List<Table> tables(IptablesTools tools, Path net) {
    return switch (tools.backend()) {
      case LEGACY -> {
        boolean v4 = tools.ipVersion() == IpVersion.V4;
        List<String> names = lines(net.resolve(v4 ? "ip_tables_names" : "ip6_tables_names"));
        yield all().filter(table -> names.contains(table.kernelName())).toList();
      }
      // Tools that do not say by their name what they are may be those for legacy.
      case NFT ->
          tools.saveProgram().contains(tools.backend().programInfix()) ? all().toList() : List.of();
    };
  }

  private static Stream<Table> all() {
    return Arrays.stream(Table.values());
  }

  /** None where there is no such file: the kernel has no such tables. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
