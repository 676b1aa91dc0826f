package felix.policysync;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Folder {@code creds} of pod2daemon: a file {@code <uid>.json} for each workload that wants a
 * socket, which is then {@code mount/<uid>/socket}. Written by others, so nothing in it is taken on
 * trust: no links, nothing large, no name that leads out of the folder.
 */
final class CredentialFiles {
  private static final String EXTENSION = ".json";

  /** The driver writes some 200. */
  private static final int MOST_BYTES = 4096;

  /** Part of a path: no slash, and no dot at its beginning. */
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private final Path prefix;
  private final Path folder;
  private final Path mounts;

  /** Which file it is: another one, or one that was written to, has another. */
  record Stamp(@Nullable Object inode, FileTime modified, long size) {}

  CredentialFiles(Path prefix) {
    this.prefix = prefix;
    this.folder = prefix.resolve("creds");
    this.mounts = prefix.resolve("mount");
  }

  /**
   * All files, by UID; those with another name are not meant for us. Also such as are no use.
   *
   * @throws RefusedException if others could write what is here
   */
  Map<String, Stamp> list() throws IOException, RefusedException {
    check(prefix);
    check(folder, LinkOption.NOFOLLOW_LINKS);
    check(mounts, LinkOption.NOFOLLOW_LINKS);
    var found = new TreeMap<String, Stamp>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
      for (Path file : files) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        BasicFileAttributes attributes = attributes(file);
        if (attributes != null) {
          found.put(
              name.substring(0, name.length() - EXTENSION.length()),
              new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  Credentials read(String uid) throws IOException, RefusedException {
    if (!UID.matcher(uid).matches()) {
      throw new RefusedException("the file's name is no UID");
    }
    Path file = folder.resolve(uid + EXTENSION);
    BasicFileAttributes attributes = attributes(file);
    if (attributes == null || !attributes.isRegularFile()) {
      throw new RefusedException("not a file");
    }
    try (var channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        var in = Channels.newInputStream(channel)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new RefusedException("longer than " + MOST_BYTES + " bytes");
      }
      return Credentials.parse(content, uid);
    }
  }

  /**
   * Where the workload's socket belongs.
   *
   * @param uid of credentials that were read
   */
  Path socket(String uid) throws RefusedException {
    Path mount = mounts.resolve(uid);
    if (!Files.isDirectory(mount, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("there is no folder " + mount);
    }
    return mount.resolve("socket");
  }

  /** Who could write here could have any workload's policy. */
  private static void check(Path folder, LinkOption... options)
      throws IOException, RefusedException {
    var attributes = Files.readAttributes(folder, PosixFileAttributes.class, options);
    if (!attributes.isDirectory()) {
      throw new RefusedException(folder + " is no folder");
    }
    if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new RefusedException("anybody may write to " + folder);
    }
  }

  /** Null if it has gone. */
  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
