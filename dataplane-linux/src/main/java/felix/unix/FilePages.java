package felix.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages of files that count as this process' memory because it has read them once. Given back they
 * stay in the cache of the kernel, which may now take them for something else, and one that is
 * needed again is there with the next access. Any thread.
 */
public final class FilePages {
  private static final Path SMAPS = Path.of("/proc/self/smaps");

  /** From <sys/mman.h> of Linux: on a file's private mapping it drops pages that were written. */
  private static final int MADV_DONTNEED = 4;

  private FilePages() {}

  /**
   * Gives back those of the JVM's code and of its cache of classes: they are most of it, and are
   * never unmapped, so that nothing else can have come to their place.
   *
   * @return the bytes of these mappings
   * @throws IOException if the kernel does not say what is mapped
   */
  public static long giveBack() throws IOException {
    long bytes = 0;
    for (Mapping mapping : Mapping.all(Files.readAllLines(SMAPS))) {
      if (mapping.isOfFileAlone()
          && isOfJvm(mapping.file())
          && LoadedLibc.LIBC.madvise(mapping.start(), mapping.bytes(), MADV_DONTNEED) == 0) {
        bytes += mapping.bytes();
      }
    }
    return bytes;
  }

  static boolean isOfJvm(String file) {
    return file.endsWith("/libjvm.so") || file.endsWith(".aot");
  }
}
