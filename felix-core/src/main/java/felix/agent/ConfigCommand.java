package felix.agent;

import felix.config.FelixConfig;
import felix.config.IniFile;
import felix.config.Listing;
import felix.config.LocalConfig;
import felix.config.RawConfig;
import felix.datastore.DatastoreSettings;
import felix.datastore.EtcdConnector;
import felix.datastore.EtcdFailure;
import felix.datastore.StartupReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * {@code calico-felix config}: prints what an agent started now would run with, and changes
 * nothing. On the main thread; ends within some seconds, whatever etcd does.
 */
final class ConfigCommand {
  private final Arguments.Config arguments;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  ConfigCommand(
      Arguments.Config arguments,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    this.arguments = arguments;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** What the datastore says of settings, and what came of asking it. */
  private record Asked(RawConfig raw, String how, ExitCode code) {}

  /**
   * {@link ExitCode#OK} only if the agent would start with what it prints; {@link
   * ExitCode#UNSUITABLE} if it would wait for somebody to mend it, {@link ExitCode#UNAVAILABLE} if
   * etcd does not answer.
   */
  ExitCode run() throws InterruptedException {
    try {
      RawConfig local = LocalConfig.read(arguments.configFile(), environment);
      Asked asked = arguments.offline() ? notAsked(local) : ask(local);
      FelixConfig config = FelixConfig.resolve(asked.raw());
      print(arguments.json() ? Listing.json(config, asked.how()) : Listing.text(config));
      return config.problems().isEmpty() ? asked.code() : ExitCode.UNSUITABLE;
    } catch (IOException | IniFile.SyntaxException e) {
      err.println("Cannot read the configuration file: " + e.getMessage());
      return ExitCode.UNSUITABLE;
    }
  }

  private static Asked notAsked(RawConfig local) {
    return new Asked(local, "not asked", ExitCode.OK);
  }

  private Asked ask(RawConfig local) throws InterruptedException {
    FelixConfig config = FelixConfig.resolve(local);
    try (var connector = new EtcdConnector(SettingRecords.etcd(config))) {
      DatastoreSettings stored =
          new StartupReader(connector).readOnce(SettingRecords.hostname(config));
      return new Asked(ConfigurationLoader.with(local, stored), "read", ExitCode.OK);
    } catch (EtcdFailure e) {
      return withoutDatastore(local, e, ExitCode.UNAVAILABLE);
    } catch (IllegalArgumentException e) {
      return withoutDatastore(local, e, ExitCode.UNSUITABLE);
    }
  }

  private Asked withoutDatastore(RawConfig local, RuntimeException failure, ExitCode code) {
    String why = String.valueOf(failure.getMessage());
    err.println("Settings of the datastore are not among these: " + why);
    err.flush();
    return new Asked(local, "not read: " + why, code);
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }
}
