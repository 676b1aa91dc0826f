package felix.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SmallServerTest {
  private static final String PAGE = "a page\n".repeat(5_000);
  private static final int MANY = 10_000;
  private static final int HELD_AT_ONCE = 500;

  private SmallServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        SmallServer.start(
            "test-http",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            SmallServer.Layer.PLAIN,
            path ->
                path.equals("/page")
                    ? new Answer(Answer.OK, "text/plain", PAGE)
                    : Answer.notFound("/page is here"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersGetAndHead() throws IOException {
    assertThat(ask("GET /page?x=1 HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: " + PAGE.length())
        .endsWith("\r\n\r\n" + PAGE);
    assertThat(ask("HEAD /page HTTP/1.0\r\n\r\n"))
        .contains("Content-Length: " + PAGE.length())
        .endsWith("\r\n\r\n");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    assertThat(ask("GET /other HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    assertThat(ask("POST /page HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
    assertThat(ask("GET page HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(ask("\u0016\u0003\u0001 no HTTP\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(ask("\r\n\r\n\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aRequestMayComeInPieces() throws IOException {
    try (var client = connect()) {
      for (byte b : "GET /page HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8)) {
        client.getOutputStream().write(b);
        client.getOutputStream().flush();
      }
      assertThat(read(client)).endsWith(PAGE);
    }
  }

  /** All stay open until the server ends them; every hundredth asks and must be answered. */
  @Test
  void tenThousandThatOnlyHoldOnKeepNobodyOut() throws IOException {
    var held = new ArrayDeque<Socket>();
    for (int i = 0; i < MANY; i++) {
      held.add(connect());
      if (i % 2 == 0) {
        sayWhatItTakes(held.getLast(), "GET /pa");
      }
      if (held.size() > HELD_AT_ONCE) {
        held.remove().close();
      }
      if (i % 100 == 99) {
        assertThat(ask("GET /page HTTP/1.1\r\n\r\n")).as("after %s", i).endsWith(PAGE);
      }
    }
    for (Socket socket : held) {
      socket.close();
    }
  }

  @Test
  void endlessHeadersAreCutOff() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (var client = connect()) {
        sayWhatItTakes(client, "GET /page HTTP/1.1\r\nX: " + "x".repeat(1 << 20));
      }
    }

    assertThat(ask("GET /page HTTP/1.1\r\n\r\n")).endsWith(PAGE);
  }

  @Test
  void thoseWhoDoNotReadTheirAnswerKeepNobodyOut() throws IOException {
    var held = new ArrayDeque<Socket>();
    for (int i = 0; i < 200; i++) {
      held.add(connect());
      held.getLast().getOutputStream().write("GET /page HTTP/1.1\r\n\r\n".getBytes(UTF_8));
    }

    assertThat(ask("GET /page HTTP/1.1\r\n\r\n")).endsWith(PAGE);
    for (Socket socket : held) {
      socket.close();
    }
  }

  @Test
  void closingEndsConnectionsToo() throws IOException, InterruptedException {
    try (var client = connect()) {
      var ended = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> awaitEnd(client, ended));
      server.close();

      ended.await();
    }
  }

  private static void awaitEnd(Socket client, CountDownLatch ended) {
    try {
      if (client.getInputStream().read() < 0) {
        ended.countDown();
      }
    } catch (IOException e) {
      ended.countDown();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private String ask(String request) throws IOException {
    try (var client = connect()) {
      client.getOutputStream().write(request.getBytes(UTF_8));
      return read(client);
    }
  }

  private static String read(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), UTF_8);
  }

  /** The server may have had enough before all is said. */
  private static void sayWhatItTakes(Socket client, String text) {
    try {
      client.getOutputStream().write(text.getBytes(UTF_8));
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
    }
  }
}
