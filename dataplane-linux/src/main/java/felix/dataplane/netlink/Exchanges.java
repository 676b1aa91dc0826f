package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The two things to be had of the kernel, whatever they are about: lists, and batches of work. */
final class Exchanges implements AutoCloseable {
  /** Larger batches gained nothing when measured. */
  private static final int BATCH_SIZE = 100;

  /** Requests are much shorter. */
  private static final int MAX_REQUEST_BYTES = 1 << 10;

  /** A dump is interrupted when its objects change meanwhile, which they may well do again. */
  private static final int DUMP_ATTEMPTS = 10;

  /**
   * Writes a request as one whole message.
   *
   * @param <Q> the request
   */
  interface Encoder<Q> {
    void encode(Q request, int flags, int sequence, MessageWriter out);
  }

  /**
   * A request that the kernel did not carry out.
   *
   * @param <Q> the request
   */
  record Failed<Q>(Q request, AnswerCode code) {}

  private final Conversation conversation;

  Exchanges(Conversation.Opener opener) {
    this.conversation = new Conversation(opener, BATCH_SIZE * MAX_REQUEST_BYTES);
  }

  /**
   * A complete list.
   *
   * @param body writes what follows the header of the request
   * @param reader null for a message that is not to be in the list
   * @throws KernelException if it is not to be had
   */
  <T> List<T> dump(
      String what,
      int type,
      Consumer<MessageWriter> body,
      Function<RawMessage, @Nullable T> reader) {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      Optional<List<T>> objects =
          conversation.run("list " + what, () -> tryDump(type, body, reader));
      if (objects.isPresent()) {
        return objects.get();
      }
    }
    throw new KernelException("list " + what, "interrupted " + DUMP_ATTEMPTS + " times");
  }

  /**
   * Has the kernel carry out requests, in their order.
   *
   * @return what was refused
   */
  <Q> List<Failed<Q>> batches(List<Q> requests, Encoder<Q> encoder) {
    var failed = new ArrayList<Failed<Q>>();
    for (int from = 0; from < requests.size(); from += BATCH_SIZE) {
      List<Q> batch = requests.subList(from, Math.min(requests.size(), from + BATCH_SIZE));
      failed.addAll(
          conversation.run("send " + batch.size() + " requests", () -> batch(batch, encoder)));
    }
    return failed;
  }

  @Override
  public void close() {
    conversation.close();
  }

  /** Empty if the answer is not complete: others changed what it is about, or parts were lost. */
  private <T> Optional<List<T>> tryDump(
      int type, Consumer<MessageWriter> body, Function<RawMessage, @Nullable T> reader)
      throws SocketException {
    try {
      return dumpOnce(type, body, reader);
    } catch (SocketException e) {
      if (e.errno().equals(Errno.ENOBUFS) || e.errno().equals(Errno.EBUSY)) {
        conversation.close(); // with what is left of the dump
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> Optional<List<T>> dumpOnce(
      int type, Consumer<MessageWriter> body, Function<RawMessage, @Nullable T> reader)
      throws SocketException {
    int sequence = conversation.takeSequences(1);
    MessageWriter out = conversation.write();
    out.begin(type, RawMessage.FLAG_REQUEST | RawMessage.FLAG_DUMP, sequence);
    body.accept(out);
    out.end();
    conversation.send();

    var objects = new ArrayList<T>();
    boolean interrupted = false;
    while (true) {
      for (RawMessage message : conversation.answers()) {
        if (message.sequence() != sequence) {
          continue;
        }
        interrupted |= (message.flags() & RawMessage.FLAG_DUMP_INTERRUPTED) != 0;
        if (message.type() == RawMessage.DONE || message.type() == RawMessage.ERROR) {
          AnswerCode.of(message).requireSuccess();
          return interrupted ? Optional.empty() : Optional.of(objects);
        }
        T object = reader.apply(message);
        if (object != null) {
          objects.add(object);
        }
      }
    }
  }

  /** Only the last request asks for an answer; one that fails is answered anyway. */
  private <Q> List<Failed<Q>> batch(List<Q> batch, Encoder<Q> encoder) throws SocketException {
    int first = conversation.takeSequences(batch.size());
    int last = batch.size() - 1;
    MessageWriter out = conversation.write();
    for (int i = 0; i <= last; i++) {
      int flags = RawMessage.FLAG_REQUEST | (i == last ? RawMessage.FLAG_ACK : 0);
      encoder.encode(batch.get(i), flags, first + i, out);
    }
    conversation.send();

    var failed = new ArrayList<Failed<Q>>();
    while (true) {
      for (RawMessage message : conversation.answers()) {
        int i = message.sequence() - first;
        if (i < 0 || i > last || message.type() != RawMessage.ERROR) {
          continue;
        }
        AnswerCode code = AnswerCode.of(message);
        if (code.isFailure()) {
          failed.add(new Failed<>(batch.get(i), code));
        }
        if (i == last) {
          return failed;
        }
      }
    }
  }
}
