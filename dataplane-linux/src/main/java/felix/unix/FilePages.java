package felix.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the JVM's code and of its cache of classes, which count as this process' memory because
 * it has read them once. Given back they stay in the cache of the kernel, which may now take them
 * for something else, and one that is needed again is there with the next access. One thread.
 */
public final class FilePages {
  private static final Path SMAPS = Path.of("/proc/self/smaps");

  /** From <sys/mman.h> of Linux. Of a file's private mapping it drops what was written, too. */
  private static final int MADV_DONTNEED = 4;

  /** Null before the first time. */
  private @Nullable List<Mapping> mappings;

  /**
   * Gives them back.
   *
   * @return the bytes of their mappings
   * @throws IOException if the kernel does not say what is mapped
   */
  public long giveBack() throws IOException {
    if (mappings == null) {
      mappings = ofJvm(Mapping.all(Files.readAllLines(SMAPS)));
    }
    long bytes = 0;
    for (Mapping mapping : mappings) {
      if (LoadedLibc.LIBC.madvise(mapping.start(), mapping.bytes(), MADV_DONTNEED) == 0) {
        bytes += mapping.bytes();
      }
    }
    return bytes;
  }

  /**
   * They are most of what can be given back, and the JVM neither unmaps them nor writes to them
   * later, so that nothing else can come to their place.
   */
  static List<Mapping> ofJvm(List<Mapping> all) {
    return all.stream()
        .filter(Mapping::isOfFileAlone)
        .filter(mapping -> mapping.file().endsWith("/libjvm.so") || mapping.file().endsWith(".aot"))
        .toList();
  }
}
