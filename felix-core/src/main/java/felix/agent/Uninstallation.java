package felix.agent;

import felix.config.FelixConfig;
import felix.config.IniFile;
import felix.config.LocalConfig;
import felix.config.ReportingSettings;
import felix.dataplane.Uninstall;
import felix.dataplane.reconcile.KernelException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code calico-felix uninstall}: all that is ours goes from this host. What interfaces and routes
 * of ours look like is read from environment and file; the datastore may be gone. On the main
 * thread.
 */
final class Uninstallation {
  /** In the folder that EndpointStatusPathPrefix names. */
  private static final String STATUS_FOLDER = "endpoint-status";

  private final Arguments.Uninstall arguments;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * Does nothing yet.
   *
   * @param out gets a line for each object that is, or would be, removed
   * @param err gets what is in the way
   */
  Uninstallation(
      Arguments.Uninstall arguments,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    this.arguments = arguments;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** {@link ExitCode#OK} only if nothing is left, or if all could be listed. */
  ExitCode run() throws InterruptedException {
    try {
      FelixConfig config =
          FelixConfig.resolve(LocalConfig.read(arguments.configFile(), environment));
      config.problems().forEach(err::println);
      return config.problems().isEmpty() ? run(config) : ExitCode.UNSUITABLE;
    } catch (IOException | IniFile.SyntaxException | KernelException e) {
      err.println(e.getMessage());
      return ExitCode.UNSUITABLE;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private ExitCode run(FelixConfig config) throws IOException, InterruptedException {
    if (arguments.dryRun()) {
      return code(uninstall(config).list()); // can be had beside a running agent
    }
    HostLock lock = HostLock.take(HostLock.FOLDER);
    if (lock == null) {
      err.println("calico-felix runs on this host; stop it first");
      return ExitCode.ALREADY_RUNNING;
    }
    ExitCode code = code(uninstall(config).remove());
    lock.leave();
    return code;
  }

  private Uninstall uninstall(FelixConfig config) {
    return Uninstall.ofHost(
        SettingRecords.dataplane(config), statusFolder(config), out::println, err::println);
  }

  private static ExitCode code(boolean complete) {
    return complete ? ExitCode.OK : ExitCode.LEFTOVERS;
  }

  private static Path statusFolder(FelixConfig config) {
    String prefix = config.get(ReportingSettings.ENDPOINT_STATUS_PATH_PREFIX);
    String usual = ReportingSettings.ENDPOINT_STATUS_PATH_PREFIX.defaultText();
    return Path.of(prefix.isEmpty() ? usual : prefix, STATUS_FOLDER);
  }
}
