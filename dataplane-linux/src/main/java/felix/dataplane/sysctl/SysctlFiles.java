package felix.dataplane.sysctl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of interfaces' settings. A name of an interface becomes part of a path here, so it must
 * be one that cannot lead anywhere else.
 */
final class SysctlFiles {
  /** What Linux takes for a name, less what is not ASCII. */
  private static final Pattern NAME = Pattern.compile("[!-.0-9;-~]{1,15}");

  /** Folders that are no interface's: the parent ones, and those of all interfaces together. */
  private static final Set<String> RESERVED = Set.of(".", "..", "all", "default");

  private final Path root;
  private long writes;

  /**
   * Files below a folder.
   *
   * @param root {@code /proc/sys/net}
   */
  SysctlFiles(Path root) {
    this.root = root;
  }

  static boolean isInterfaceName(String name) {
    return NAME.matcher(name).matches() && !RESERVED.contains(name);
  }

  /** Writes a value unless it is there already. */
  void ensure(String interfaceName, InterfaceSysctl sysctl, String value) throws IOException {
    Path file = path(interfaceName, sysctl);
    if (!Files.readString(file, US_ASCII).strip().equals(value)) {
      writes++;
      Files.writeString(file, value + "\n", US_ASCII, StandardOpenOption.WRITE);
    }
  }

  long writes() {
    return writes;
  }

  private Path path(String interfaceName, InterfaceSysctl sysctl) {
    if (!isInterfaceName(interfaceName)) {
      throw new IllegalArgumentException("not the name of an interface: '" + interfaceName + "'");
    }
    return root.resolve(sysctl.folder()).resolve(interfaceName).resolve(sysctl.file());
  }
}
