package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an operator types. */
final class Etcdctl {
  private final URI endpoint;

  /** As {@code name:password}; empty for nobody. */
  private String user = "";

  Etcdctl(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** From now on only who is known may do anything; root is we. */
  void enableAuth() throws IOException, InterruptedException {
    run("user", "add", "root:root");
    run("auth", "enable");
    user = "root:root";
  }

  void disableAuth() throws IOException, InterruptedException {
    run("auth", "disable");
    user = "";
    run("user", "delete", "root");
  }

  Etcdctl as(String nameAndPassword) {
    var other = new Etcdctl(endpoint);
    other.user = nameAndPassword;
    return other;
  }

  void put(String key, String value) throws IOException, InterruptedException {
    run("put", key, value);
  }

  void run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("etcdctl"));
    command.addAll(Arrays.asList(arguments));
    assertThat(status(command, Map.of())).as("%s", command).isZero();
  }

  /** Whether etcd refuses it to this user. */
  boolean isRefused(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("etcdctl"));
    command.addAll(Arrays.asList(arguments));
    return status(command, Map.of()) != 0;
  }

  void script(String text, Map<String, String> variables) throws IOException, InterruptedException {
    assertThat(status(List.of("sh", "-eu", "-c", text), variables)).as(text).isZero();
  }

  private int status(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.environment().put("ETCDCTL_API", "3");
    builder.environment().put("ETCDCTL_ENDPOINTS", endpoint.toString());
    if (!user.isEmpty()) {
      builder.environment().put("ETCDCTL_USER", user);
    }
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return process.exitValue();
  }
}
