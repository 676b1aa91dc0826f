package felix.dataplane.mtu;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the file in which the network plugin reads what MTU to give to interfaces of workloads.
 * Lives on the dataplane thread.
 *
 * <p>Only where there is a folder for it: then somebody reads it. The file is ours by its name. It
 * is replaced as a whole, so that nobody reads half a number. Where that fails it is tried again
 * with the next resync; rules and routes do not depend on it.
 *
 * <p>Where the file is required the folder is made, and a failure is thrown: the process ends.
 */
public final class MtuFileDriver implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(MtuFileDriver.class);

  private final Path file;
  private final boolean required;
  private OptionalInt wanted = OptionalInt.empty();
  private OptionalInt written = OptionalInt.empty();
  private boolean failed;
  private long writes;

  /**
   * Wants nothing yet.
   *
   * @param file {@code /var/lib/calico/mtu}
   */
  public MtuFileDriver(Path file) {
    this(file, false);
  }

  /**
   * Wants nothing yet.
   *
   * @param required whether nothing goes on without it
   */
  public MtuFileDriver(Path file, boolean required) {
    this.file = file;
    this.required = required;
  }

  public void want(int mtuBytes) {
    wanted = OptionalInt.of(mtuBytes);
  }

  @Override
  public String name() {
    return "mtu file";
  }

  @Override
  public void queueResync() {
    written = OptionalInt.empty();
  }

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public ApplyOutcome apply() {
    if (wanted.isEmpty() || wanted.equals(written)) {
      return ApplyOutcome.IN_SYNC;
    }
    try {
      bringTo(Integer.toString(wanted.getAsInt()));
      written = wanted;
      failed = false;
      return ApplyOutcome.IN_SYNC;
    } catch (IOException e) {
      if (required) {
        throw new KernelException("write " + file + ", which RequireMTUFile wants", e.toString());
      }
      if (!failed) {
        LOG.warn("{}: {}; will try again", file, e.toString());
      }
      failed = true;
      return new ApplyOutcome.NotReady(e.toString());
    }
  }

  private void bringTo(String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && required) {
      Files.createDirectories(folder);
    }
    if (folder != null && Files.isDirectory(folder) && !text.equals(read())) {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      writes++;
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private String read() throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
