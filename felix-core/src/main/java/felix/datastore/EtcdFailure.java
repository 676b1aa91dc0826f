package felix.datastore;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Etcd did not do what it was asked to do. */
public final class EtcdFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What follows from a failure. */
  enum Kind {
    /** A call got no answer, or a refusal: try again, over a new connection. */
    CALL,
    /** A watch ended: watch again. */
    STREAM,
    /** What was asked for is compacted, or was never written to this etcd: list anew. */
    HISTORY,
    /** The answer is larger than what one message may be: ask for less. */
    SIZE
  }

  /** Of a token that etcd does not know, or not any more; and of none where it wants one. */
  private static final List<String> OF_TOKEN =
      List.of("invalid auth token", "revision of auth store is old", "user name is empty");

  private static final List<String> OF_HISTORY =
      List.of(
          "mvcc: required revision has been compacted",
          "mvcc: required revision is a future revision");

  private static final String DENIED = "permission denied";

  private final Kind kind;

  EtcdFailure(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  EtcdFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * From what jetcd throws, in its several shapes.
   *
   * @param otherwise the kind of what is neither a matter of history nor of size
   */
  static EtcdFailure of(Kind otherwise, Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = message(cause);
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String all = root.equals(cause) ? message : message + ": " + message(root);
    return new EtcdFailure(kind(cause, message, otherwise), all, thrown);
  }

  /** The first line; gRPC adds others about the inside of Netty. */
  private static String message(Throwable thrown) {
    String text = thrown.getMessage();
    return text == null || text.isEmpty()
        ? thrown.getClass().getSimpleName()
        : text.lines().findFirst().orElse(text);
  }

  Kind kind() {
    return kind;
  }

  /** Whether another token may help. */
  boolean isOfToken() {
    return OF_TOKEN.stream().anyMatch(String.valueOf(getMessage())::contains);
  }

  /** With what was denied, if something was: etcd itself does not say. */
  EtcdFailure about(String what) {
    String message = String.valueOf(getMessage());
    return message.contains(DENIED)
        ? new EtcdFailure(kind, message + " (" + what + ")", getCause())
        : this;
  }

  /**
   * Compaction is a StatusRuntimeException of a read and an EtcdException of a watch; through
   * etcd's proxy its code is UNKNOWN, and only the text says so.
   */
  private static Kind kind(Throwable cause, String message, Kind otherwise) {
    Status.Code status = Status.fromThrowable(cause).getCode();
    ErrorCode error = cause instanceof EtcdException e ? e.getErrorCode() : ErrorCode.UNKNOWN;
    boolean outOfRange = status == Status.Code.OUT_OF_RANGE || error == ErrorCode.OUT_OF_RANGE;
    if (outOfRange || OF_HISTORY.stream().anyMatch(message::contains)) {
      return Kind.HISTORY;
    }
    boolean exhausted =
        status == Status.Code.RESOURCE_EXHAUSTED || error == ErrorCode.RESOURCE_EXHAUSTED;
    // The server's own limits are spelt "etcdserver: ..."; those are no matter of size.
    return exhausted && !message.contains("etcdserver") ? Kind.SIZE : otherwise;
  }
}
