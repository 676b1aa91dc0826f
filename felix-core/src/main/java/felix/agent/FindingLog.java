package felix.agent;

import felix.config.FelixConfig;
import felix.config.Finding;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what is wrong with a configuration, each thing once a process. One thread at a
 * time.
 */
final class FindingLog {
  private static final Logger LOG = LoggerFactory.getLogger(FindingLog.class);

  private final Set<Finding> said = new HashSet<>();
  private final Set<String> problems = new HashSet<>();

  /**
   * Whether the configuration may be used.
   *
   * @param untilThen what the agent does until it may
   */
  boolean accepts(FelixConfig config, String untilThen) {
    config.findings().stream().filter(said::add).forEach(FindingLog::say);
    problems.retainAll(config.problems()); // one that comes back is said again
    config.problems().stream()
        .filter(problems::add)
        .forEach(problem -> LOG.error("{}: until that is mended {}", problem, untilThen));
    return config.problems().isEmpty();
  }

  private static void say(Finding finding) {
    if (finding.isWarning()) {
      LOG.warn("{}", finding.text());
    } else {
      LOG.info("{}", finding.text());
    }
  }
}
