package felix.datastore.tls;

/** Files do not make up what TLS needs; the message names the setting and the file. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
