package felix.agent;

import felix.config.FelixConfig;
import felix.config.Finding;
import felix.dataplane.Uninstall;
import felix.dataplane.reconcile.KernelException;
import felix.log.LogSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@code calico-felix uninstall}: all that is ours goes from this host. What interfaces and routes
 * of ours look like is read from environment and file; the datastore may be gone.
 */
final class Uninstallation {
  /** Where Felix keeps a file for each endpoint that is ready. */
  private static final Path ENDPOINT_STATUS = Path.of("/var/run/calico/endpoint-status");

  private final Consumer<String> out;
  private final Consumer<String> err;

  /**
   * Takes lines.
   *
   * @param out what is removed
   * @param err what is in the way
   */
  Uninstallation(Consumer<String> out, Consumer<String> err) {
    this.out = out;
    this.err = err;
  }

  /** Lists, or removes and lists. A list can be had beside a running agent. */
  ExitCode run(FelixConfig config, boolean dryRun) throws InterruptedException {
    LogSetup.silence();
    config.findings().stream().filter(Finding::isWarning).forEach(f -> err.accept(f.text()));
    try {
      if (!dryRun && !HostLock.take(HostLock.FOLDER)) {
        err.accept("calico-felix runs on this host; stop it first");
        return ExitCode.ALREADY_RUNNING;
      }
      var uninstall = Uninstall.ofHost(SettingRecords.dataplane(config), ENDPOINT_STATUS, out, err);
      return (dryRun ? uninstall.list() : uninstall.remove()) ? ExitCode.OK : ExitCode.LEFTOVERS;
    } catch (IOException e) {
      err.accept("Cannot tell whether calico-felix runs on this host: " + e);
      return ExitCode.UNSUITABLE;
    } catch (IllegalArgumentException | KernelException e) {
      err.accept(String.valueOf(e.getMessage()));
      return ExitCode.UNSUITABLE;
    }
  }
}
