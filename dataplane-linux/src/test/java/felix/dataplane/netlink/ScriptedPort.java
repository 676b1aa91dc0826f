package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A port whose other side is a script: each datagram sent is answered by the next step. Answers are
 * numbered like the request.
 */
final class ScriptedPort implements DatagramPort {
  /** What comes back: datagrams, or failures of the system call. */
  sealed interface Answer {}

  record Datagram(ByteBuffer bytes) implements Answer {}

  record Failure(Errno errno) implements Answer {}

  private final ArrayDeque<Function<List<RawMessage>, List<Answer>>> steps = new ArrayDeque<>();
  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private final List<List<RawMessage>> sent = new ArrayList<>();
  private int opened;

  /** Answers the next datagram sent; the function gets its messages. */
  ScriptedPort then(Function<List<RawMessage>, List<Answer>> step) {
    steps.add(step);
    return this;
  }

  /** Sends something without being asked. */
  ScriptedPort unasked(Answer answer) {
    answers.add(answer);
    return this;
  }

  Rtnetlink connect() {
    return new KernelRtnetlink(
        () -> {
          opened++;
          return this;
        });
  }

  /** How often a socket was opened. */
  int opened() {
    return opened;
  }

  List<List<RawMessage>> sent() {
    return sent;
  }

  @Override
  public void send(ByteBuffer datagram) {
    var copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.duplicate()).flip();
    List<RawMessage> messages = RawMessage.split(copy);
    sent.add(messages);
    answers.addAll(steps.remove().apply(messages));
  }

  @Override
  public ByteBuffer receive() throws SocketException {
    return switch (answers.poll()) {
      case Datagram(ByteBuffer bytes) -> bytes;
      case Failure(Errno errno) -> throw new SocketException("receive", errno);
      case null -> ByteBuffer.allocate(0);
    };
  }

  @Override
  public ByteBuffer receiveNow() throws SocketException {
    return receive();
  }

  @Override
  public void close() {
    answers.clear();
  }

  /** Captured bytes as an answer to a request. */
  static Datagram captured(String name, RawMessage request) {
    ByteBuffer bytes = Captured.bytes(name);
    for (int at = 0; at < bytes.capacity(); at += RawMessage.aligned(bytes.getInt(at))) {
      bytes.putInt(at + 8, request.sequence());
    }
    return new Datagram(bytes);
  }

  /** A message with a code in it: 0, or a negated errno. */
  static Datagram code(int type, int flags, int sequence, int code) {
    ByteBuffer bytes = ByteBuffer.allocate(36).order(ByteOrder.nativeOrder());
    bytes.putInt(36).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
    return new Datagram(bytes.putInt(code).putInt(16).position(0));
  }
}
