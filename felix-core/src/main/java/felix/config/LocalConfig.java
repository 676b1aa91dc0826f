package felix.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Reads what this host itself holds: once a process, changes need another one. */
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
    return RawConfig.empty()
        .with(Source.ENVIRONMENT, Environment.ofFelix(environment))
        .with(Source.FILE, fileValues(file))
        .with(Source.CALICO_ENVIRONMENT, Environment.ofCalico(environment))
        .with(Source.HOST, Map.of(ConnectionSettings.FELIX_HOSTNAME.name(), hostName(environment)));
  }

  private static Map<String, String> fileValues(Path file) throws IOException {
    try {
      return IniFile.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  private static String hostName(Map<String, String> environment) throws IOException {
    String name =
        Files.isReadable(KERNEL_HOST_NAME)
            ? Files.readString(KERNEL_HOST_NAME)
            : environment.getOrDefault("HOSTNAME", "");
    return name.trim().toLowerCase(Locale.ROOT);
  }
}
