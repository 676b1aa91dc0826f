package felix.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One agent a host, or whoever undoes its work: two would take turns in undoing each other's. Held
 * by a lock on a file, which the kernel lets go of when the process ends, however it ends.
 *
 * <p>A host here is a network namespace: its number is in the file's name. A socket with an
 * abstract name would be a namespace's by itself, but any local user could take the name first and
 * keep the agent from starting; the folder is root's.
 */
final class HostLock {
  static final Path FOLDER = Path.of("/run/calico");

  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

  private HostLock() {}

  /**
   * Takes the lock and keeps it for the life of the process.
   *
   * @param folder made if it is not there
   * @return false if another process has it
   * @throws IOException if nobody can tell
   */
  static boolean take(Path folder) throws IOException {
    Files.createDirectories(folder);
    // net:[4026531840]
    String namespace = Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
    return take(folder, "felix-" + namespace + ".lock") != null;
  }

  /** The lock, or null if another has it. The channel stays open with it. */
  static @Nullable FileLock take(Path folder, String name) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      channel.close();
      return null;
    }
  }
}
