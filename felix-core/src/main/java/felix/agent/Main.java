package felix.agent;

import felix.config.LocalConfig;
import felix.health.ServiceManager;
import felix.log.LogSetup;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Where the process starts. */
public final class Main {
  /** As long as a blocked output can hold up the end. */
  private static final Duration LOG_FLUSH = Duration.ofMillis(500);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    switch (Arguments.parse(List.of(args))) {
      case Arguments.Version() -> print(System.out, version());
      case Arguments.Help() -> print(System.out, Arguments.USAGE);
      case Arguments.Wrong(var reason) -> {
        print(System.err, reason + "\n\n" + Arguments.USAGE);
        Exit.ofProcess().now(ExitCode.USAGE);
      }
      case Arguments.Config config -> {
        LogSetup.silence(); // what it has to say goes to standard error
        Exit.ofProcess()
            .now(new ConfigCommand(config, System.getenv(), System.out, System.err).run());
      }
      case Arguments.Run run -> run(run);
      case Arguments.Uninstall uninstall -> {
        LogSetup.silence(); // what it has to say goes to standard error
        Exit.ofProcess()
            .now(new Uninstallation(uninstall, System.getenv(), System.out, System.err).run());
      }
    }
  }

  private static void run(Arguments.Run run) throws InterruptedException {
    var log = LogSetup.install(System.getenv());
    var service = ServiceManager.ofEnvironment(System.getenv(), ProcessHandle.current().pid());
    var exit = Exit.ofProcess(code -> last(code, service, log));
    Signals.handle(exit);
    new FaultHandler(exit).guardThisThread();
    if (!isAlone()) {
      print(System.err, "Another calico-felix runs on this host; there can be only one");
      exit.soon(ExitCode.ALREADY_RUNNING);
      return;
    }
    new Startup(() -> LocalConfig.read(run.configFile(), System.getenv()), exit, log, service)
        .run();
  }

  private static void last(ExitCode code, ServiceManager service, LogSetup log) {
    try {
      service.stopping("ending with status " + code.status());
    } finally {
      log.flush(LOG_FLUSH);
    }
  }

  /** A host on which nobody can tell is no reason not to police it. */
  private static boolean isAlone() {
    try {
      return HostLock.take(HostLock.FOLDER) != null;
    } catch (IOException e) {
      print(System.err, "Cannot tell whether another calico-felix runs: " + e);
      return true;
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  private static void print(PrintStream stream, String text) {
    stream.println(text);
    stream.flush();
  }
}
