package felix.dataplane.iptables;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which backend the other programs of this host use, as Felix v3.14 does: that which
 * holds more rules, legacy where that is undecided, and legacy without a look at the other one from
 * ten rules on.
 */
public final class BackendDetector {
  private static final Logger log = LoggerFactory.getLogger(BackendDetector.class);
  private static final int SURELY_LEGACY = 10;

  private final ProgramFinder programs;
  private final CommandRunner runner;

  public BackendDetector(ProgramFinder programs, CommandRunner runner) {
    this.programs = programs;
    this.runner = runner;
  }

  /**
   * The backend to use.
   *
   * @param configured taken as it is, with a warning where the host looks different; empty for
   *     "auto"
   */
  public IptablesBackend choose(Optional<IptablesBackend> configured) {
    RuleCount rules = count();
    if (configured.isPresent() && rules.speaksAgainst(configured.get())) {
      log.warn(
          "iptables backend {} is configured, but this host's rules are in {}",
          configured.get(),
          rules.backend());
    }
    return configured.orElse(rules.backend());
  }

  /** How many rules there are. */
  record RuleCount(int legacy, int nft) {
    IptablesBackend backend() {
      return legacy >= nft ? IptablesBackend.LEGACY : IptablesBackend.NFT;
    }

    /** A host without any rules says nothing. */
    boolean speaksAgainst(IptablesBackend configured) {
      return legacy + nft > 0 && configured != backend();
    }
  }

  private RuleCount count() {
    int legacy = countRules(IptablesBackend.LEGACY);
    return new RuleCount(legacy, legacy >= SURELY_LEGACY ? 0 : countRules(IptablesBackend.NFT));
  }

  private int countRules(IptablesBackend backend) {
    int rules = 0;
    for (var ipVersion : IpVersion.values()) {
      rules += countRules(new ProgramNames(ipVersion, backend, programs));
    }
    return rules;
  }

  /** A family whose tools are missing or fail has no rules that would count. */
  private int countRules(ProgramNames names) {
    try {
      var saved = runner.run(List.of(names.find("-save")), "").output();
      return (int) saved.lines().filter(line -> line.startsWith("-")).count();
    } catch (KernelException e) {
      log.debug(
          "no {} rules of {} counted: {}", names.ipVersion(), names.backend(), e.getMessage());
      return 0;
    }
  }
}
