package felix.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Reads what this host itself holds. A change takes another process. */
public final class LocalConfig {
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private LocalConfig() {}

  /**
   * Everything but what the datastore holds.
   *
   * @param file felix.cfg; need not exist
   * @throws IOException if the file is there but cannot be read
   * @throws IniFile.SyntaxException if it is no such file
   */
  public static RawConfig read(Path file, Map<String, String> environment) throws IOException {
    IniFile.Contents contents = contents(file);
    return RawConfig.empty()
        .with(Source.ENVIRONMENT, Environment.ofFelix(environment))
        .with(Source.FILE, contents.values())
        .with(contents.repeated().stream().map(LocalConfig::repeated).toList())
        .with(Source.CALICO_ENVIRONMENT, Environment.ofCalico(environment))
        .with(Source.HOST, Map.of(ConnectionSettings.FELIX_HOSTNAME.name(), hostName(environment)));
  }

  private static IniFile.Contents contents(Path file) throws IOException {
    try {
      return IniFile.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return IniFile.parse("");
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e, e);
    }
  }

  private static Finding repeated(String name) {
    return Finding.warning(
        "%s is in several sections of the configuration file: the last one counts".formatted(name));
  }

  private static String hostName(Map<String, String> environment) throws IOException {
    String name =
        Files.isReadable(KERNEL_HOST_NAME)
            ? Files.readString(KERNEL_HOST_NAME)
            : environment.getOrDefault("HOSTNAME", "");
    return name.trim().toLowerCase(Locale.ROOT);
  }
}
