package felix.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The real agent, started through its launcher in a host's namespace. The system property {@code
 * lab.agent} names another program to be judged instead.
 */
public final class AgentProcess {
  /** How an agent ends that wants to be started anew, because its configuration is another. */
  static final int CONFIGURATION_CHANGED = 129;

  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(30);

  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("FELIX_FELIXHOSTNAME", "node1"),
          Map.entry("NODENAME", "node1"),
          Map.entry("FELIX_DATASTORETYPE", "etcdv3"),
          Map.entry("DATASTORE_TYPE", "etcdv3"),
          Map.entry("FELIX_ETCDENDPOINTS", Etcd.URL),
          Map.entry("ETCD_ENDPOINTS", Etcd.URL),
          Map.entry("FELIX_LOGFILEPATH", "none"),
          Map.entry("FELIX_LOGSEVERITYSYS", "none"),
          Map.entry("FELIX_IGNORELOOSERPF", "true"),
          Map.entry("FELIX_HEALTHENABLED", "true"),
          Map.entry("FELIX_HEALTHPORT", "9099"),
          Map.entry("FELIX_PROMETHEUSMETRICSENABLED", "true"),
          Map.entry("FELIX_PROMETHEUSMETRICSPORT", "62091"),
          Map.entry("FELIX_USAGEREPORTINGENABLED", "false"),
          Map.entry("FELIX_LOGSEVERITYSCREEN", "info"));

  private final Process process;
  private final Shell shell;
  private final Path log;

  AgentProcess(String namespace, Map<String, String> settings, Path log) {
    this.log = log;
    this.shell = Shell.in(namespace);
    var launcher = Lab.ROOT.resolve("bin/calico-felix").toString();
    var builder =
        shell
            .process(System.getProperty("lab.agent", launcher))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(settings);
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says that the kernel holds what etcd wants. */
  public AgentProcess awaitReady() {
    Await.until("the agent is ready", READY_LIMIT, () -> answersWell("readiness"));
    return this;
  }

  /** Whether {@code /readiness} or {@code /liveness} answers with 200 or 204. */
  public boolean answersWell(String path) {
    mustBeAlive();
    var code =
        shell
            .attempt(
                "curl -q -s --noproxy '*' -m 2 -o /dev/null -w '%{http_code}'"
                    + " http://127.0.0.1:9099/"
                    + path)
            .out();
    return code.equals("200") || code.equals("204");
  }

  /** The agent never stops by itself. */
  public void mustBeAlive() {
    if (!process.isAlive()) {
      throw new LabException(
          "the agent stopped with " + process.exitValue() + ", see " + log + "\n" + log());
    }
  }

  /** Waits until it ends by itself, in this way. */
  void awaitExit(int code) {
    Await.until("the agent ends", EXIT_LIMIT, () -> !process.isAlive());
    if (process.exitValue() != code) {
      mustBeAlive();
    }
  }

  /** The processor time that it has used so far, in user mode and in the kernel. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** How many times its threads have gone to sleep so far, by their names. */
  public Map<String, Long> sleeps() {
    var sleeps = new TreeMap<String, Long>();
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (var all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        String name = Files.readString(task.resolve("comm")).strip();
        long count =
            Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        sleeps.merge(name, count, Long::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a thread that ended in between may be the reason
    }
    return sleeps;
  }

  /** Everything that it has logged. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its metrics as text. */
  public String metrics() {
    return shell.attempt("curl -q -s --noproxy '*' -m 2 http://127.0.0.1:62091/metrics").out();
  }

  /** Ends it with SIGTERM. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends it with SIGKILL so long from now. */
  public void killAfter(Duration span) {
    Await.pause(span);
    kill();
  }

  /** Ends it with SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }
}
