package felix.bench.scale;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running agent: ours, or another that understands Felix's environment. */
final class Agent implements AutoCloseable {
  private static final int HEALTH_PORT = 9099;
  private static final int METRICS_PORT = 62091;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("FELIX_FELIXHOSTNAME", World.HOST),
          Map.entry("NODENAME", World.HOST),
          Map.entry("FELIX_DATASTORETYPE", "etcdv3"),
          Map.entry("DATASTORE_TYPE", "etcdv3"),
          Map.entry("FELIX_LOGFILEPATH", "none"),
          Map.entry("FELIX_LOGSEVERITYSYS", "none"),
          Map.entry("FELIX_LOGSEVERITYSCREEN", "warning"),
          Map.entry("FELIX_IGNORELOOSERPF", "true"),
          Map.entry("FELIX_HEALTHENABLED", "true"),
          Map.entry("FELIX_HEALTHHOST", "0.0.0.0"),
          Map.entry("FELIX_HEALTHPORT", "" + HEALTH_PORT),
          Map.entry("FELIX_PROMETHEUSMETRICSENABLED", "true"),
          Map.entry("FELIX_PROMETHEUSMETRICSPORT", "" + METRICS_PORT),
          Map.entry("FELIX_USAGEREPORTINGENABLED", "false"));

  private final Process process;
  private final long started = System.nanoTime();

  Agent(String program, Map<String, String> settings, Path log) throws IOException {
    ProcessBuilder builder =
        Host.program(program).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(settings);
    process = builder.start();
  }

  double secondsSinceStart() {
    return (System.nanoTime() - started) / 1e9;
  }

  Usage usage() throws IOException {
    return Usage.ofSession(process.pid());
  }

  /** Whether {@code readiness} or {@code liveness} is well. */
  boolean isWell(String what) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the agent ended with " + process.exitValue());
    }
    try {
      HttpURLConnection asked = ask(HEALTH_PORT, what);
      return asked.getResponseCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  /** Without a value where the agent has no such metric. */
  OptionalDouble metric(String name) {
    try (var answer = ask(METRICS_PORT, "metrics").getInputStream()) {
      String all = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      var line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE);
      var found = line.matcher(all);
      return found.find()
          ? OptionalDouble.of(Double.parseDouble(found.group(1)))
          : OptionalDouble.empty();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  private static HttpURLConnection ask(int port, String path) throws IOException {
    URI address = URI.create("http://" + Host.ADDRESS + ":" + port + "/" + path);
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) ANSWER_LIMIT.toMillis());
    connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
    return connection;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
