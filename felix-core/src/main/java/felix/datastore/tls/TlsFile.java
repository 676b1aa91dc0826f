package felix.datastore.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that a setting names.
 *
 * @param setting for messages
 */
public record TlsFile(String setting, Path path) {
  /** Far more than all public authorities of the world need. */
  private static final long MOST_BYTES = 4 << 20;

  byte[] read() throws TlsException {
    try {
      // Anything else, such as a pipe, could be waited for without end.
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw problem("is no file");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw problem("is too large");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new TlsException(this + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new TlsException(this + " may not be read", e);
    } catch (IOException e) {
      throw new TlsException(this + " cannot be read: " + e.getMessage(), e);
    }
  }

  TlsException problem(String what) {
    return new TlsException(this + " " + what);
  }

  @Override
  public String toString() {
    return setting + " " + path;
  }
}
