package felix.dataplane.netlink;

/** Bytes that are no netlink message, or none that says what its type promises. */
final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedMessageException(String message) {
    super(message);
  }
}
