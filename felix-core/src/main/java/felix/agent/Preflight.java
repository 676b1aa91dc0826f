package felix.agent;

import felix.config.FelixConfig;
import felix.config.KernelSettings;
import felix.rpf.RpFilterReader;
import felix.rpf.RpfVerdict;
import felix.rpf.WorkloadInterfaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the agent may run on this host at all. */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private Preflight() {}

  /** How to look at this host again while the agent runs. */
  static RpfWatch ofHost(FelixConfig config) {
    return new RpfWatch(
        RpFilterReader.ofHost()::read,
        new WorkloadInterfaces(config.get(KernelSettings.INTERFACE_PREFIX)));
  }

  /** Logs what is wrong; false if that is too much. */
  static boolean allows(RpfWatch watch, boolean ignoreLooseRpf) {
    watch.look();
    return switch (watch.verdict(ignoreLooseRpf)) {
      case RpfVerdict.Enforced() -> true;
      case RpfVerdict.Tolerated(var reason) -> {
        if (watch.isLoose()) {
          LOG.warn("IgnoreLooseRPF is set: only a rule of ours drops forged addresses. {}", reason);
        } else {
          LOG.info("Only a rule of ours drops forged source addresses. {}", reason);
        }
        yield true;
      }
      case RpfVerdict.Refused(var reason) -> {
        LOG.error("This host is refused. {}", reason);
        yield false;
      }
    };
  }
}
