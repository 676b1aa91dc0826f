package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import felix.config.FelixConfig;
import felix.config.RawConfig;
import felix.config.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Settings to lines, with a screen and a syslog of the test's own. */
@Timeout(60)
class LogSetupTest {
  private static final Logger ROOT = Logger.getLogger("");
  private static final String CANARY = "tr0ub4dor&3\"%s";

  private final org.slf4j.Logger log = LoggerFactory.getLogger("felix.datastore.EtcdWatcher");
  private final org.slf4j.Logger otherLog = LoggerFactory.getLogger("felix.agent.Agent$Inner");
  private final Handler[] handlersBefore = ROOT.getHandlers();
  private final Level levelBefore = ROOT.getLevel();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Map<String, String> settings = new HashMap<>();
  private LogSetup setup;

  @TempDir Path folder;

  @BeforeEach
  void install() {
    setup =
        LogSetup.install(
            () -> new Screen(screen, Layout.PLAIN), () -> new Syslog(folder.resolve("log")), false);
    settings.put("LogFilePath", file().toString());
    settings.put("LogSeveritySys", "none");
  }

  @AfterEach
  void restore() {
    Arrays.stream(ROOT.getHandlers()).forEach(ROOT::removeHandler);
    Arrays.stream(handlersBefore).forEach(ROOT::addHandler);
    ROOT.setLevel(levelBefore);
    setup.apply(
        new LogPlan(Optional.empty(), Optional.empty(), Optional.empty(), "", true, List.of()));
    ROOT.setLevel(levelBefore);
  }

  @Test
  void eachOutputHasItsOwnSeverity() throws IOException {
    apply("LogSeverityScreen", "Warning", "LogSeverityFile", "debug");
    logOneOfEach();

    assertThat(onScreen()).containsExactly("WARNING", "ERROR", "FATAL");
    assertThat(inFile()).containsExactly("DEBUG", "INFO", "WARNING", "ERROR", "FATAL");
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, TRACE DEBUG INFO WARNING ERROR FATAL",
    "DEBUG, DEBUG INFO WARNING ERROR FATAL",
    "INFO, INFO WARNING ERROR FATAL",
    "WARNING, WARNING ERROR FATAL",
    "ERROR, ERROR FATAL",
    "FATAL, FATAL"
  })
  void aSeverityIncludesTheWorse(String severity, String lines) {
    apply("LogSeverityScreen", severity);
    logOneOfEach();
    assertThat(String.join(" ", onScreen())).isEqualTo(lines);
  }

  @Test
  void noneIsNothing() {
    apply("LogSeverityScreen", "none", "LogSeverityFile", "none");
    logOneOfEach();
    assertThat(screen.size()).isZero();
    assertThat(file()).doesNotExist();
    assertThat(log.isErrorEnabled()).isFalse();

    apply("LogFilePath", "none", "LogSeverityFile", "info");
    logOneOfEach();
    assertThat(file()).doesNotExist();
  }

  @Test
  void settingsChangeUnderWay() throws IOException {
    apply("LogSeverityScreen", "none");
    log.info("one");
    apply("LogFilePath", folder.resolve("other.log").toString(), "LogSeverityScreen", "info");
    log.info("two");
    apply("LogFilePath", file().toString());
    log.info("three");
    setup.flush(Duration.ofSeconds(20));

    assertThat(Files.readString(file())).contains("one", "three").doesNotContain("two");
    assertThat(Files.readString(folder.resolve("other.log"))).contains("two").doesNotContain("one");
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("two", "three")
        .doesNotContain("one");
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, true",
    "EtcdWatcher\\.java, true, false",
    "felix/agent/, false, true",
    "^Agent\\.java, false, false",
    "Agent\\.java$, false, true"
  })
  void debuggingCanBeOfSomeFilesOnly(String expression, boolean watcher, boolean agent) {
    apply("LogSeverityScreen", "debug", "LogDebugFilenameRegex", expression);
    log.debug("watching");
    otherLog.debug("acting");
    otherLog.info("always");
    setup.flush(Duration.ofSeconds(20));

    String text = screen.toString(StandardCharsets.UTF_8);
    assertThat(text.contains("watching")).isEqualTo(watcher);
    assertThat(text.contains("acting")).isEqualTo(agent);
    assertThat(text).contains("always");
  }

  @Test
  void anOutputThatFailsIsReportedOnTheOthers() throws IOException {
    apply("LogFilePath", "/dev/full", "LogSeveritySys", "info");
    for (int i = 0; i < 50; i++) {
      log.info("news {}", i);
    }
    setup.flush(Duration.ofSeconds(20));
    setup.flush(Duration.ofSeconds(20));

    assertThat(screen.toString(StandardCharsets.UTF_8).lines())
        .hasSize(52)
        .anyMatch(line -> line.contains("The log to /dev/full cannot be written"))
        .anyMatch(line -> line.contains("The log to syslog cannot be written"));
    assertThat(setup.counts().errors()).isGreaterThanOrEqualTo(100);
  }

  /** Passwords, in whatever a library may say. */
  @Test
  void noSecretIsInAnyOutput() throws Exception {
    try (var receiver = new SyslogReceiver(folder.resolve("log"))) {
      apply(
          "EtcdPassword",
          CANARY,
          "LogSeverityScreen",
          "trace",
          "LogSeverityFile",
          "trace",
          "LogSeveritySys",
          "trace");
      var cause = new IllegalStateException("UNAUTHENTICATED: root:" + CANARY);
      cause.addSuppressed(new IOException(CANARY));
      log.info("password {}", CANARY);
      log.warn(CANARY, new IOException("token " + CANARY, cause));
      log.error("cannot reach http://root:" + CANARY + "@10.0.0.1:2379");
      log.error("cannot reach https://root:0ther@10.0.0.1:2379");
      log.info("{}", FelixConfig.resolve(raw()));
      Logger.getLogger("io.grpc.netty.NettyClientHandler").fine("OUTBOUND HEADERS: token=0ther");
      Logger.getLogger("io.netty.handler").severe("0ther");
      Logger.getLogger("io.grpc.internal").log(Level.FINE, "{0}", new Object[] {CANARY});
      LogSetup.fatal(LogSetupTest.class, CANARY, cause);
      log.info("the end");
      setup.flush(Duration.ofSeconds(20));

      var sent = new StringBuilder();
      while (sent.indexOf("the end") < 0) {
        sent.append(receiver.next()).append('\n');
      }
      for (String text :
          List.of(
              sent.toString(), screen.toString(StandardCharsets.UTF_8), Files.readString(file()))) {
        assertThat(text)
            .contains("password ***", "token ***", "Caused by", "the end")
            .doesNotContain("tr0ub4dor", "0ther");
      }
    }
  }

  /** The JDK writes one for each at DEBUG, and the arguments at TRACE. */
  @Test
  void aProgramThatIsRunLeavesNoStackTrace() throws IOException, InterruptedException {
    apply("LogSeverityScreen", "trace");
    assertThat(new ProcessBuilder("true").start().waitFor()).isZero();
    log.info("the end");
    setup.flush(Duration.ofSeconds(20));

    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("the end")
        .doesNotContain("ProcessBuilder");
  }

  @Test
  void anExceptionCannotForgeALine() {
    apply();
    log.warn("bad", new IOException("x\n2026-01-01 00:00:00.000 ERROR   [main] Forged: line"));
    setup.flush(Duration.ofSeconds(20));
    assertThat(
            screen.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("\t")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "FELIX_LOGSEVERITYSCREEN, Info, INFO",
    "FELIX_LOGSEVERITYSCREEN, none, ",
    "FELIX_LOGSEVERITYSCREEN, nonsense, ERROR",
    "OTHER, x, ERROR"
  })
  void theBeginningHasASeverityOfItsOwn(String variable, String value, Severity severity) {
    assertThat(LogSetup.earlySeverity(Map.of(variable, value)))
        .isEqualTo(Optional.ofNullable(severity));
    assertThat(
            LogSetup.earlySeverity(
                Map.of(variable, value, "FELIX_EARLYLOGSEVERITYSCREEN", "fatal")))
        .contains(Severity.FATAL);
  }

  private void logOneOfEach() {
    log.trace("TRACE");
    log.debug("DEBUG");
    log.info("INFO");
    log.warn("WARNING");
    log.error("ERROR");
    LogSetup.fatal(LogSetupTest.class, "FATAL", null);
    setup.flush(Duration.ofSeconds(20));
  }

  private void apply(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    setup.apply(LogPlan.of(FelixConfig.resolve(raw())));
  }

  private RawConfig raw() {
    return RawConfig.empty().with(Source.FILE, settings);
  }

  private Path file() {
    return folder.resolve("felix.log");
  }

  private List<String> onScreen() {
    return lastWords(screen.toString(StandardCharsets.UTF_8));
  }

  private List<String> inFile() throws IOException {
    return lastWords(Files.readString(file()));
  }

  private static List<String> lastWords(String text) {
    return text.lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
  }
}
