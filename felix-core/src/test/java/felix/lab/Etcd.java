package felix.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real etcd in a namespace, written to through its JSON gateway. */
public final class Etcd {
  static final String URL = "http://127.0.0.1:2379";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final String namespace;
  private final Path log;
  private final String urls;
  private String token = "";
  private Process process;

  /**
   * Starts one and waits until it answers.
   *
   * @param more URLs beside {@link #URL} that it listens at
   */
  Etcd(String namespace, Path log, String... more) {
    this.namespace = namespace;
    this.log = log;
    this.urls = Stream.concat(Stream.of(URL), Stream.of(more)).collect(Collectors.joining(","));
    this.process = launch();
  }

  private Process launch(String... options) {
    var command =
        new ArrayList<>(
            List.of(
                "etcd",
                "--data-dir",
                "/run/lab/etcd",
                "--listen-client-urls",
                urls,
                "--advertise-client-urls",
                urls,
                "--listen-peer-urls",
                "http://127.0.0.1:2380",
                "--max-txn-ops",
                "2048",
                "--unsafe-no-fsync"));
    command.addAll(Arrays.asList(options));
    try {
      var started =
          Shell.in(namespace)
              .process(command.toArray(String[]::new))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Await.until("etcd answers", START_LIMIT, this::answers);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try {
      // Nobody needs to be known for this.
      call("/v3/maintenance/status", JSON.createObjectNode());
      return true;
    } catch (LabException e) {
      return false;
    }
  }

  /** Ends it as a power cut would. Its data stays. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * Starts it again over the data that it left.
   *
   * @param options come last, and so win over the usual ones
   */
  public void startAgain(String... options) {
    process = launch(options);
  }

  /** Shows etcd from now on who is writing. */
  public void logIn(String name, String password) {
    token = ""; // an old one would be refused, and with it the question
    var body = JSON.createObjectNode().put("name", name).put("password", password);
    token = call("/v3/auth/authenticate", body).path("token").asText();
  }

  /** Writes and deletes, in one transaction. */
  public void write(Map<String, String> puts, Collection<String> deletes) {
    var body = JSON.createObjectNode();
    var operations = body.putArray("success");
    puts.forEach(
        (key, value) ->
            operations.addObject().set("requestPut", key(key).put("value", base64(value))));
    deletes.forEach(key -> operations.addObject().set("requestDeleteRange", key(key)));
    if (!operations.isEmpty()) {
      call("/v3/kv/txn", body);
    }
  }

  public void put(String key, String value) {
    call("/v3/kv/put", key(key).put("value", base64(value)));
  }

  public void delete(String key) {
    call("/v3/kv/deleterange", key(key));
  }

  /** The value of a key; empty if there is none. */
  public String get(String key) {
    var value = call("/v3/kv/range", key(key)).path("kvs").path(0).path("value").asText("");
    return new String(Base64.getDecoder().decode(value), UTF_8);
  }

  private static ObjectNode key(String key) {
    return JSON.createObjectNode().put("key", base64(key));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private JsonNode call(String path, JsonNode body) {
    return Inside.namespace(namespace, () -> post(path, body));
  }

  private JsonNode post(String path, JsonNode body) throws IOException {
    var connection = (HttpURLConnection) URI.create(URL + path).toURL().openConnection();
    connection.setRequestProperty("Connection", "close");
    if (!token.isEmpty()) {
      connection.setRequestProperty("Authorization", token);
    }
    connection.setDoOutput(true);
    connection.setReadTimeout((int) START_LIMIT.toMillis());
    try (var out = connection.getOutputStream()) {
      JSON.writeValue(out, body);
    }
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new LabException(
          path
              + ": "
              + connection.getResponseCode()
              + " "
              + new String(connection.getErrorStream().readAllBytes(), UTF_8));
    }
    try (var in = connection.getInputStream()) {
      return JSON.readTree(in);
    }
  }
}
