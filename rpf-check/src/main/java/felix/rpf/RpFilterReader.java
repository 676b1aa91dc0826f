package felix.rpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

  /**
   * Never fails: what cannot be read is absent from the result, and judging that is {@link
   * RpfCheck}'s business.
   */
  public RpFilterSettings read() {
    return new RpFilterSettings(value("all"), value("default"), interfaces());
  }

  private Map<String, RpFilter> interfaces() {
    var found = new HashMap<String, RpFilter>();
    try (var names = Files.newDirectoryStream(folder)) {
      for (var path : names) {
        var name = path.getFileName().toString();
        var value = value(name);
        if (value != null && !name.equals("all") && !name.equals("default")) {
          found.put(name, value);
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  private @Nullable RpFilter value(String name) {
    try {
      return RpFilter.parse(Files.readString(folder.resolve(name).resolve("rp_filter")));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
