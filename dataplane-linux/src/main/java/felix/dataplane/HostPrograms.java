package felix.dataplane;

import felix.count.Distribution;
import felix.dataplane.DataplaneSettings.IptablesSettings;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.Conversations;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProcessConversations;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.iptables.BackendDetector;
import felix.dataplane.iptables.HostTables;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.IptablesTools;
import felix.model.IpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programs of this host that speak to the kernel. One thread. */
final class HostPrograms {
  /** How long a program may take beyond its wait for the lock. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final IptablesSettings settings;
  private final ProgramFinder finder;
  private final CommandRunner commands;
  private final Conversations conversations;

  /** Null until it is needed. */
  private @Nullable IptablesBackend backend;

  /**
   * Programs that were not looked for yet.
   *
   * @param startNanos takes down how long it takes to start one
   */
  HostPrograms(IptablesSettings settings, Distribution startNanos) {
    this(settings, ProgramFinder.ofEnvironment(), startNanos);
  }

  /** Programs that are looked for elsewhere. */
  HostPrograms(IptablesSettings settings, ProgramFinder finder, Distribution startNanos) {
    this.settings = settings;
    this.finder = finder;
    this.commands = new ProcessCommandRunner(finder, limit(settings), startNanos);
    this.conversations = new ProcessConversations(finder, startNanos);
  }

  /** How long a program may take. */
  static Duration limit(IptablesSettings settings) {
    return settings.lockWait().timeout().plus(PATIENCE);
  }

  CommandRunner commands() {
    return commands;
  }

  /** Programs that are kept. */
  Conversations conversations() {
    return conversations;
  }

  /**
   * The programs for the tables of a family, of the backend that is configured or in use.
   *
   * @throws felix.dataplane.reconcile.KernelException if one is not installed
   */
  IptablesTools tools(IpVersion version) {
    if (backend == null) {
      backend = new BackendDetector(finder, commands).choose(settings.backend());
    }
    return IptablesTools.find(version, backend, settings.lockWait(), finder, commands);
  }

  /** The tables of all families and backends. */
  List<HostTables> tables() {
    return HostTables.find(settings.lockWait(), finder, commands, Path.of("/proc/net"));
  }
}
