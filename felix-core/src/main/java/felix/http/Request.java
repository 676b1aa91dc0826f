package felix.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The first line of a request; what else it says does not matter here.
 *
 * @param path without what stands behind a question mark
 */
record Request(String method, String path) {
  private static final int MAX_HEADER_BYTES = 8 << 10;

  /** A request that is not answered, and what is said instead. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Answer answer;

    RefusedException(Answer answer) {
      super(answer.body());
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }
  }

  /**
   * Reads to the empty line that ends the header. A body is left where it is.
   *
   * @throws EOFException if the client does not say that much
   */
  static Request read(InputStream in) throws IOException, RefusedException {
    byte[] header = new byte[MAX_HEADER_BYTES];
    int length = 0;
    while (!endsWithEmptyLine(header, length)) {
      if (length == header.length) {
        throw new RefusedException(Answer.text(Answer.TOO_LARGE, "too much"));
      }
      int count = in.read(header, length, header.length - length);
      if (count < 0) {
        throw new EOFException("no request");
      }
      length += count;
    }
    return parse(new String(Arrays.copyOf(header, length), ISO_8859_1));
  }

  private static Request parse(String header) throws RefusedException {
    String[] words = header.lines().findFirst().orElse("").split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/")) {
      throw new RefusedException(Answer.text(Answer.BAD_REQUEST, "no HTTP request"));
    }
    if (!words[0].equals("GET") && !words[0].equals("HEAD")) {
      throw new RefusedException(Answer.text(Answer.NOT_ALLOWED, "GET and HEAD are possible"));
    }
    int query = words[1].indexOf('?');
    return new Request(words[0], query < 0 ? words[1] : words[1].substring(0, query));
  }

  /** Clients that send the body with the header are answered as well. */
  private static boolean endsWithEmptyLine(byte[] header, int length) {
    for (int i = 3; i < length; i++) {
      if (header[i] == '\n' && header[i - 1] == '\r' && header[i - 2] == '\n') {
        return true;
      }
    }
    return false;
  }
}
