package felix.health;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the head of a request to the bytes of its answer. Pure but for asking the health. */
final class HttpAnswer {
  /** A probe's head is a tenth of it. */
  static final int LONGEST_HEAD = 4_096;

  private final Health health;

  HttpAnswer(Health health) {
    this.health = health;
  }

  /**
   * The answer; null while the head is not there as a whole.
   *
   * @param received what came so far
   */
  byte @Nullable [] to(byte[] received) {
    String head = new String(received, StandardCharsets.ISO_8859_1);
    if (!head.contains("\r\n\r\n") && !head.contains("\n\n")) {
      return received.length < LONGEST_HEAD
          ? null
          : text("431 Request Header Fields Too Large", "", List.of("too long"), true);
    }
    String[] words = head.lines().findFirst().orElse("").split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return text("400 Bad Request", "", List.of("not HTTP"), true);
    }
    return answer(words[0], path(words[1]));
  }

  private byte[] answer(String method, String path) {
    boolean withBody = !method.equals("HEAD");
    boolean live = path.equals("/liveness");
    if (!live && !path.equals("/readiness")) {
      return text("404 Not Found", "", List.of("/liveness and /readiness are here"), withBody);
    }
    if (withBody && !method.equals("GET")) {
      return text("405 Method Not Allowed", "Allow: GET, HEAD\r\n", List.of("GET or HEAD"), true);
    }
    HealthReport report = health.look();
    List<String> problems = live ? report.notLive() : report.notReady();
    var lines = new ArrayList<>(problems.isEmpty() ? List.of("ok") : problems);
    if (!report.details().isEmpty()) {
      lines.add("");
      lines.addAll(report.details());
    }
    return text(problems.isEmpty() ? "200 OK" : "503 Service Unavailable", "", lines, withBody);
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static byte[] text(String status, String header, List<String> lines, boolean withBody) {
    byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + header
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    if (!withBody) {
      return first;
    }
    byte[] all = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }
}
