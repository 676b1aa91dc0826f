package felix.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A client of the health server: one request, one answer, and the end. On the server's thread. */
final class HttpConnection {
  private final SocketChannel channel;
  private final HttpAnswer answers;
  private final long since;
  private final ByteBuffer received = ByteBuffer.allocate(HttpAnswer.LONGEST_HEAD);
  private @Nullable ByteBuffer answer;

  HttpConnection(SocketChannel channel, HttpAnswer answers, long nanoTime) {
    this.channel = channel;
    this.answers = answers;
    this.since = nanoTime;
  }

  long since() {
    return since;
  }

  /** What it waits for. */
  int interest() {
    return answer == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
  }

  /**
   * Gets on as far as that is possible without waiting.
   *
   * @return whether there is more to come
   * @throws IOException if the client went
   */
  boolean proceed() throws IOException {
    if (answer == null && !read()) {
      return true;
    }
    ByteBuffer rest = answer;
    if (rest == null) {
      return false;
    }
    channel.write(rest);
    if (rest.hasRemaining()) {
      return true;
    }
    channel.shutdownOutput();
    return false;
  }

  /** Returns whether all that is wanted was read: the answer is there, or the client went. */
  private boolean read() throws IOException {
    int more = channel.read(received);
    byte[] bytes = answers.to(Arrays.copyOf(received.array(), received.position()));
    if (bytes != null) {
      answer = ByteBuffer.wrap(bytes);
    }
    return bytes != null || more < 0;
  }

  /** Whatever state it is in. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was going anyway.
      received.clear();
    }
  }
}
