package felix.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One agent a host, or whoever undoes its work: two would take turns in undoing each other's. Held
 * by a lock on a file, which the kernel lets go of when the process ends, however it ends.
 *
 * <p>A host here is a network namespace: its number is in the file's name. A socket with an
 * abstract name would be a namespace's by itself, but any local user could take the name first and
 * keep the agent from starting; the folder is the service's.
 */
final class HostLock {
  static final Path FOLDER = Path.of("/run/calico");

  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

  /** A channel that nobody knows is closed when it is collected, and its lock goes with it. */
  private static final Set<HostLock> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private HostLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of this namespace, for the life of the process unless it is left.
   *
   * @param folder made if it is not there
   * @return null if another process has it
   * @throws IOException if nobody can tell
   */
  static @Nullable HostLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    // net:[4026531840]
    String namespace = Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
    return take(folder, "felix-" + namespace + ".lock");
  }

  static @Nullable HostLock take(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    if (isLocked(channel)) {
      var lock = new HostLock(file, channel);
      HELD.add(lock);
      return lock;
    }
    channel.close();
    return null;
  }

  /** Lets others take it, and leaves no file. Whoever opened the file just before is refused. */
  void leave() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
    HELD.remove(this);
  }

  /** The lock lives as long as the channel is open. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // taken by this very process
    }
  }
}
