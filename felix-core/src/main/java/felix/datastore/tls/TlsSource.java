package felix.datastore.tls;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files, and notices when they hold something else. By content: it does not matter how
 * they are replaced, and a time stamp may be too coarse. One thread.
 */
public final class TlsSource {
  private final TlsFiles files;

  /** As they were last read; null if they could not be. */
  private @Nullable TlsContents known;

  public TlsSource(TlsFiles files) {
    this.files = files;
  }

  /**
   * What the files hold now.
   *
   * @throws TlsException if that is no whole set, as while somebody is replacing it
   */
  public TlsMaterial read() throws TlsException {
    known = null;
    TlsContents contents = TlsContents.read(files);
    known = contents;
    return TlsMaterial.of(files, contents);
  }

  /**
   * The same; empty if the files hold what they held at the last call of either method.
   *
   * @throws TlsException likewise; for one content once
   */
  public Optional<TlsMaterial> readIfChanged() throws TlsException {
    TlsContents contents = TlsContents.read(files);
    if (known != null && known.isSameAs(contents)) {
      return Optional.empty();
    }
    known = contents;
    return Optional.of(TlsMaterial.of(files, contents));
  }
}
