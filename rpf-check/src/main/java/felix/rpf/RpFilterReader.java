package felix.rpf;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings below a root that is {@code /proc/sys} on a host. IPv4 only: the kernel has no
 * such setting for IPv6.
 */
public final class RpFilterReader {
  private final Path folder;

  public RpFilterReader(Path procSys) {
    this.folder = procSys.resolve("net/ipv4/conf");
  }

  /** Of this network namespace. */
  public static RpFilterReader ofHost() {
    return new RpFilterReader(Path.of("/proc/sys"));
  }

  /**
   * Never fails: what cannot be read is null in the result, and judging that is {@link RpfCheck}'s
   * business. An interface that goes while it is read is left out.
   */
  public RpFilterSettings read() {
    return new RpFilterSettings(
        value(folder.resolve("all")), value(folder.resolve("default")), interfaces());
  }

  private List<RpFilterSettings.Interface> interfaces() {
    var found = new ArrayList<RpFilterSettings.Interface>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.equals("all") || name.equals("default")) {
          continue;
        }
        RpFilter own = value(entry);
        if (own != null || Files.exists(entry)) {
          found.add(new RpFilterSettings.Interface(name, own));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was found until then: that all cannot be read is what is judged.
    }
    found.sort(Comparator.comparing(RpFilterSettings.Interface::name));
    return found;
  }

  private static @Nullable RpFilter value(Path entry) {
    try {
      return RpFilter.parse(Files.readString(entry.resolve("rp_filter")));
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
