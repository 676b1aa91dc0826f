package felix.dataplane;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that are ours by their name, and folders with all files right in them: nobody wants them
 * any more. Links are not followed.
 */
final class UnwantedFiles implements Driver {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Path> files;
  private final List<Path> folders;
  private long writes;

  UnwantedFiles(List<Path> files, List<Path> folders) {
    this.files = List.copyOf(files);
    this.folders = List.copyOf(folders);
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public void queueResync() {}

  @Override
  public long writes() {
    return writes;
  }

  @Override
  public List<String> unwanted() {
    return present().stream().map(file -> "file " + file).toList();
  }

  @Override
  public ApplyOutcome apply() {
    try {
      for (Path file : present()) {
        writes++;
        Files.deleteIfExists(file);
      }
      return ApplyOutcome.IN_SYNC;
    } catch (IOException e) {
      return new ApplyOutcome.Partly(PAUSE, e);
    }
  }

  /** What is in a folder comes before the folder. */
  private List<Path> present() {
    var present = new ArrayList<>(files.stream().filter(UnwantedFiles::isThere).toList());
    for (Path folder : folders) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        List<Path> within = within(folder);
        present.addAll(within.stream().filter(UnwantedFiles::isThere).toList());
        if (within.stream().allMatch(UnwantedFiles::isThere)) {
          present.add(folder);
        }
      }
    }
    return present;
  }

  private static boolean isThere(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> within(Path folder) {
    try (Stream<Path> within = Files.list(folder)) {
      return within.sorted().toList();
    } catch (IOException e) {
      throw new KernelException("list " + folder, e.toString());
    }
  }
}
