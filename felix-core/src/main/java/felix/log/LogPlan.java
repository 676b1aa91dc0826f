package felix.log;

import felix.config.FelixConfig;
import felix.config.LogSettings;
import felix.config.Secret;
import felix.config.Setting;
import felix.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is logged, and where.
 *
 * @param screen the least severity for standard output; empty for none
 * @param file empty for no file
 * @param syslog the least severity for syslog; empty for none
 * @param debugFiles what the names of source files match that TRACE and DEBUG are wanted of; empty
 *     for all
 * @param isLossy whether to drop what an output cannot take in time, and what is too much; else who
 *     logs waits
 * @param secrets what must not be in any line
 */
public record LogPlan(
    Optional<Severity> screen,
    Optional<LogFile> file,
    Optional<Severity> syslog,
    String debugFiles,
    boolean isLossy,
    List<String> secrets) {

  /** A file, and the least severity for it. */
  public record LogFile(Path path, Severity severity) {}

  public LogPlan {
    secrets = List.copyOf(secrets);
  }

  /** Standard output alone, which is all before the settings are known. */
  static LogPlan early(Severity severity) {
    return new LogPlan(
        Optional.of(severity), Optional.empty(), Optional.empty(), "", true, List.of());
  }

  public static LogPlan of(FelixConfig config) {
    Optional<Severity> ofFile = Severity.named(config.get(LogSettings.LOG_SEVERITY_FILE));
    return new LogPlan(
        Severity.named(config.get(LogSettings.LOG_SEVERITY_SCREEN)),
        config
            .get(LogSettings.LOG_FILE_PATH)
            .flatMap(path -> ofFile.map(severity -> new LogFile(path, severity))),
        Severity.named(config.get(LogSettings.LOG_SEVERITY_SYS)),
        config.get(LogSettings.LOG_DEBUG_FILENAME_REGEX),
        !config.get(LogSettings.DEBUG_DISABLE_LOG_DROPPING),
        Settings.all().stream().flatMap(setting -> secret(config, setting).stream()).toList());
  }

  /** The same for a host where syslog gets to where standard output goes: each line once. */
  LogPlan withoutEcho() {
    boolean isEcho =
        syslog.isPresent() && screen.filter(s -> s.compareTo(syslog.get()) <= 0).isPresent();
    return isEcho
        ? new LogPlan(screen, file, Optional.empty(), debugFiles, isLossy, secrets)
        : this;
  }

  private static Optional<String> secret(FelixConfig config, Setting<?> setting) {
    return config.get(setting) instanceof Secret secret && !secret.isEmpty()
        ? Optional.of(secret.value())
        : Optional.empty();
  }
}
