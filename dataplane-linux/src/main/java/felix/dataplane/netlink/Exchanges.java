package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The things to be had of the kernel, whatever they are about: answers, lists, batches of work. */
final class Exchanges implements AutoCloseable {

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
   * @param line what {@link Lines} says
   */
  record Failed<Q>(Q request, AnswerCode code, int line) {}

  /** Finds in an answer which part of a request is to blame, where it has parts. */
  interface Lines {
    int of(RawMessage answer);
  }

  /**
   * What the messages of an answer are gathered in.
   *
   * @param <R> the result
   */
  interface Gatherer<R> {
    /** Takes a message, whose body is valid during the call only. */
    void take(RawMessage message);

    /** The result; empty if something is missing, so that it is worth asking again. */
    Optional<R> finish();
  }

  /**
   * How requests are sent.
   *
   * @param batchSize how many in one datagram
   * @param maxRequestBytes of the longest
   */
  record Limits(int batchSize, int maxRequestBytes) {
    /** For objects of the usual size. Larger batches gained nothing when measured. */
    static final Limits USUAL = new Limits(100, 1 << 10);
  }

  private final Conversation conversation;
  private final int batchSize;

  Exchanges(Conversation.Opener opener) {
    this(opener, Limits.USUAL);
  }

  Exchanges(Conversation.Opener opener, Limits limits) {
    this.batchSize = limits.batchSize();
    this.conversation = new Conversation(opener, batchSize * limits.maxRequestBytes());
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
    return gatherDump(what, type, body, () -> new ListGatherer<>(reader));
  }

  /**
   * As {@link #dump}, into anything.
   *
   * @param gatherers gives a new one for each attempt
   */
  <R> R gatherDump(
      String what, int type, Consumer<MessageWriter> body, Supplier<Gatherer<R>> gatherers) {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      Optional<R> result =
          conversation.run("list " + what, () -> tryDump(type, body, gatherers.get()));
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new KernelException("list " + what, "interrupted " + DUMP_ATTEMPTS + " times");
  }

  /**
   * The answer to one question; empty if the kernel refuses with this errno.
   *
   * @param body writes what follows the header of the question
   * @throws KernelException if there is no answer, or a refusal with another errno
   */
  <R> Optional<R> ask(
      String what,
      int type,
      Consumer<MessageWriter> body,
      Function<RawMessage, R> reader,
      Errno refusal) {
    return conversation.run(
        what,
        () -> {
          try {
            var answers = new ListGatherer<>(reader);
            return gather(type, RawMessage.FLAG_ACK, body, answers)
                .flatMap(list -> list.stream().findFirst());
          } catch (SocketException e) {
            if (e.errno().equals(refusal)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Has the kernel take a message that nobody answers. It is done with on return.
   *
   * @param body writes what follows the header
   */
  void tell(String what, int type, Consumer<MessageWriter> body) {
    conversation.run(
        what,
        () -> {
          send(type, 0, body);
          return what;
        });
  }

  /**
   * Has the kernel carry out requests, in their order.
   *
   * @return what was refused
   */
  <Q> List<Failed<Q>> batches(List<Q> requests, Encoder<Q> encoder) {
    return batches(requests, encoder, answer -> 0);
  }

  /** As above, for requests of several parts. */
  <Q> List<Failed<Q>> batches(List<Q> requests, Encoder<Q> encoder, Lines lines) {
    var failed = new ArrayList<Failed<Q>>();
    for (int from = 0; from < requests.size(); from += batchSize) {
      List<Q> batch = requests.subList(from, Math.min(requests.size(), from + batchSize));
      failed.addAll(
          conversation.run(
              "send " + batch.size() + " requests", () -> batch(batch, encoder, lines)));
    }
    return failed;
  }

  @Override
  public void close() {
    conversation.close();
  }

  /** Empty if the answer is not complete: others changed what it is about, or parts were lost. */
  private <R> Optional<R> tryDump(int type, Consumer<MessageWriter> body, Gatherer<R> gatherer)
      throws SocketException {
    try {
      return gather(type, RawMessage.FLAG_DUMP, body, gatherer);
    } catch (SocketException e) {
      if (e.errno().equals(Errno.ENOBUFS) || e.errno().equals(Errno.EBUSY)) {
        conversation.close(); // with what is left of the dump
        return Optional.empty();
      }
      throw e;
    }
  }

  private <R> Optional<R> gather(
      int type, int flags, Consumer<MessageWriter> body, Gatherer<R> gatherer)
      throws SocketException {
    int sequence = send(type, flags, body);
    boolean interrupted = false;
    while (true) {
      for (RawMessage message : conversation.answers()) {
        if (message.sequence() != sequence) {
          continue;
        }
        interrupted |= (message.flags() & RawMessage.FLAG_DUMP_INTERRUPTED) != 0;
        if (message.type() == RawMessage.DONE || message.type() == RawMessage.ERROR) {
          AnswerCode.of(message).requireSuccess();
          return interrupted ? Optional.empty() : gatherer.finish();
        }
        gatherer.take(message);
      }
    }
  }

  private int send(int type, int flags, Consumer<MessageWriter> body) throws SocketException {
    int sequence = conversation.takeSequences(1);
    MessageWriter out = conversation.write();
    out.begin(type, RawMessage.FLAG_REQUEST | flags, sequence);
    body.accept(out);
    out.end();
    conversation.send();
    return sequence;
  }

  private static final class ListGatherer<T> implements Gatherer<List<T>> {
    private final Function<RawMessage, @Nullable T> reader;
    private final List<T> objects = new ArrayList<>();

    ListGatherer(Function<RawMessage, @Nullable T> reader) {
      this.reader = reader;
    }

    @Override
    public void take(RawMessage message) {
      T object = reader.apply(message);
      if (object != null) {
        objects.add(object);
      }
    }

    @Override
    public Optional<List<T>> finish() {
      return Optional.of(objects);
    }
  }

  /** Only the last request asks for an answer; one that fails is answered anyway. */
  private <Q> List<Failed<Q>> batch(List<Q> batch, Encoder<Q> encoder, Lines lines)
      throws SocketException {
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
          failed.add(new Failed<>(batch.get(i), code, lines.of(message)));
        }
        if (i == last) {
          return failed;
        }
      }
    }
  }
}
