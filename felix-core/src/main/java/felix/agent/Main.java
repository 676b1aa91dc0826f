package felix.agent;

import felix.config.LocalConfig;
import felix.health.ServiceManager;
import java.io.PrintStream;
import java.util.List;

/** Where the process starts. */
public final class Main {
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
        LogSetup.install(""); // what it has to say goes to standard error
        Exit.ofProcess()
            .now(new ConfigCommand(config, System.getenv(), System.out, System.err).run());
      }
      case Arguments.Run run -> run(run);
    }
  }

  private static void run(Arguments.Run run) throws InterruptedException {
    var service = ServiceManager.ofEnvironment(System.getenv(), ProcessHandle.current().pid());
    var exit = Exit.ofProcess(code -> service.stopping("ending with status " + code.status()));
    Signals.handle(exit);
    new FaultHandler(exit).guardThisThread();
    new Startup(() -> LocalConfig.read(run.configFile(), System.getenv()), exit, service).run();
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
