package felix.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a client gets. */
public record Answer(int status, String contentType, String body) {
  public static final int OK = 200;
  public static final int UNAVAILABLE = 503;
  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int TOO_LARGE = 431;

  /** Text for people; its last line has no end. */
  public static Answer text(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", text + "\n");
  }

  /** There is nothing at that path. */
  public static Answer notFound(String whatIsThere) {
    return text(NOT_FOUND, whatIsThere);
  }

  /** As it goes over the wire. */
  byte[] head(int bodyBytes) {
    return """
        HTTP/1.1 %d %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
        .formatted(status, reason(), contentType, bodyBytes)
        .getBytes(UTF_8);
  }

  private String reason() {
    return switch (status) {
      case OK -> "OK";
      case BAD_REQUEST -> "Bad Request";
      case NOT_FOUND -> "Not Found";
      case NOT_ALLOWED -> "Method Not Allowed";
      case TOO_LARGE -> "Request Header Fields Too Large";
      case UNAVAILABLE -> "Service Unavailable";
      default -> "Answer";
    };
  }
}
