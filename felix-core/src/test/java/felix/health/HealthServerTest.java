package felix.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class HealthServerTest {
  private static final int OPEN_AT_ONCE = 500;

  private final Health health = new Health(new Limits());
  private HealthServer server;

  @BeforeEach
  void start() throws IOException {
    server = HealthServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), health);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isLiveButNotReadyBeforeItRuns() throws IOException {
    assertThat(get("/liveness")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok\n");
    assertThat(get("/readiness")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nstarting\n");
  }

  @Test
  void saysWhatIsWrongAndHowEachPartFares() throws IOException {
    var part =
        new Heartbeat("Part", "worker", () -> 1, Duration.ofSeconds(90), Heartbeat.Kind.VITAL);
    health.running(List.of(part), List.of(() -> Optional.of("behind")), () -> "well");

    assertThat(get("/readiness"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("\r\n\r\nbehind\n\nPart: thread worker, progress 0 s ago, limit 90 s\n");
    assertThat(get("/liveness?verbose=1")).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, 404 Not Found",
    "GET /livenessandmore HTTP/1.1, 404 Not Found",
    "POST /liveness HTTP/1.1, 405 Method Not Allowed",
    "GET /liveness, 400 Bad Request",
    "GET /liveness SMTP, 400 Bad Request",
    "GET /liveness HTTP/1.0, 200 OK",
    "HEAD /liveness HTTP/1.1, 200 OK",
  })
  void answersRequests(String line, String status) throws IOException {
    assertThat(ask(line + "\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 " + status + "\r\n");
  }

  @Test
  void headHasNoBodyButItsLength() throws IOException {
    assertThat(ask("HEAD /liveness HTTP/1.1\r\n\r\n"))
        .contains("\r\nContent-Length: 3\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void requestMayComeInPieces() throws IOException {
    try (Socket socket = connect()) {
      for (String piece : List.of("GET /live", "ness HTTP/1.1\r\nHo", "st: x\r\n\r", "\n")) {
        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      assertThat(answer(socket)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void headWithoutAnEndIsRefused() throws IOException {
    assertThat(ask("GET /liveness HTTP/1.1\r\nX: " + "y".repeat(8_192 - 27)))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void clientThatSaysNothingIsDropped() throws IOException {
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Ten thousand connections that say nothing, hundreds at once, and a probe now and then. */
  @Test
  void probesAreAnsweredHoweverManyOthersAreThere() throws IOException {
    var open = new ArrayDeque<SocketChannel>();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    var answers = new ArrayList<String>();
    try {
      for (int i = 0; i < 10_000; i++) {
        open.addLast(SocketChannel.open(address));
        if (open.size() > OPEN_AT_ONCE) {
          open.removeFirst().close();
        }
        if (i % 1_000 == 999) {
          answers.add(get("/liveness"));
        }
      }
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
    assertThat(answers).hasSize(10).allMatch(answer -> answer.startsWith("HTTP/1.1 200 OK"));
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return answer(socket);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
