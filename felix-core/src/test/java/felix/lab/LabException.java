package felix.lab;

import java.io.Serial;

/** A program that failed, or something that did not come about in time. */
public final class LabException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public LabException(String message) {
    super(message);
  }

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
