package felix.status;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The folder with a file for each endpoint. Remembers what it read, and reads again only what is
 * not the same file any more. One thread.
 */
final class StatusFolder {
  /** A file may change twice within a tick of the clock that its time is of. */
  private static final Duration TICK = Duration.ofSeconds(2);

  private static final String STAMP = "unix:isRegularFile,ctime,size,ino";

  private final Path prefix;
  private final Path folder;
  private final InstantSource clock;
  private Map<String, Seen> seen = new HashMap<>();

  /**
   * A file as it was read.
   *
   * @param stamp null if it may have changed since without showing it
   */
  private record Seen(String text, @Nullable Stamp stamp) {}

  /**
   * What is another one once somebody has written, as the kernel tells without reading.
   *
   * @param changed unlike the time of modification, nobody can set it
   */
  private record Stamp(FileTime changed, Object bytes, Object inode) {}

  /** A folder below this one, which has not been looked at. */
  StatusFolder(Path prefix, InstantSource clock) {
    this.prefix = prefix;
    this.folder = prefix.resolve("endpoint-status");
    this.clock = clock;
  }

  /** Whether those who look into it have made the folder above; the folder itself is made then. */
  boolean isWanted() throws IOException {
    if (!Files.isDirectory(prefix)) {
      return false;
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return true;
  }

  /** Finds out what is there now. */
  void look() throws IOException {
    var found = new HashMap<String, Seen>();
    Instant now = clock.instant();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (StatusFileName.isOne(name)) {
          Seen read = look(file, name, now);
          if (read != null) {
            found.put(name, read);
          }
        }
      }
    }
    seen = found;
  }

  /** Null if there is no file. */
  private @Nullable Seen look(Path file, String name, Instant now) throws IOException {
    try {
      Map<String, Object> of = Files.readAttributes(file, STAMP, LinkOption.NOFOLLOW_LINKS);
      if (!attribute(of, "isRegularFile").equals(true)) {
        return null;
      }
      var changed = (FileTime) attribute(of, "ctime");
      var stamp = new Stamp(changed, attribute(of, "size"), attribute(of, "ino"));
      Seen before = seen.get(name);
      if (before != null && stamp.equals(before.stamp())) {
        return before;
      }
      boolean isTelling = changed.toInstant().isBefore(now.minus(TICK));
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return new Seen(text, isTelling ? stamp : null);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Object attribute(Map<String, Object> of, String name) {
    return requireNonNull(of.get(name));
  }

  /** Texts by name, as last seen or written. */
  Map<String, String> texts() {
    return seen.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }

  /** Whole or not at all: who watches the folder reads at once. */
  void write(String name, String text) throws IOException {
    Path made = prefix.resolve(".endpoint-status.new");
    Files.writeString(made, text);
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(made, folder.resolve(name), ATOMIC_MOVE);
    seen.put(name, new Seen(text, null));
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    seen.remove(name);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
