package felix.agent;

import felix.rpf.RpFilterReader;
import felix.rpf.RpfCheck;
import felix.rpf.RpfVerdict;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the agent may run on this host at all. */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private Preflight() {}

  /** Logs what is wrong; false if that is too much. */
  static boolean allows(boolean ignoreLooseRpf) {
    RpfVerdict verdict =
        RpfCheck.judge(new RpFilterReader(Path.of("/proc/sys")).read(), ignoreLooseRpf);
    return switch (verdict) {
      case RpfVerdict.Enforced() -> true;
      case RpfVerdict.Tolerated(var reason) -> {
        LOG.info("Only a rule of ours drops forged source addresses: {}", reason);
        yield true;
      }
      case RpfVerdict.Refused(var reason) -> {
        LOG.error("{}", reason);
        yield false;
      }
    };
  }
}
