package felix.rpf;

import felix.rpf.RpfVerdict.Enforced;
import felix.rpf.RpfVerdict.Refused;
import felix.rpf.RpfVerdict.Tolerated;

/**
 * The pre-flight check that DC/OS operators know from Felix up to 3.12: {@code
 * net.ipv4.conf.all.rp_filter} must not be loose unless {@code IgnoreLooseRPF} is set. The agent's
 * rule in the raw table drops forged sources whatever the sysctls say; the check stays because
 * nothing drops them while that rule is not yet, or no longer, there.
 */
public final class RpfCheck {
  private static final String WAY_OUT =
      "; set net.ipv4.conf.all.rp_filter to 0 or 1, or set IgnoreLooseRPF to true to accept it";

  private RpfCheck() {}

  /** The verdict on a host's settings. */
  public static RpfVerdict judge(RpFilterSettings settings, boolean ignoreLooseRpf) {
    var all = settings.all();
    if (all == null) {
      return notStrict("net.ipv4.conf.all.rp_filter cannot be read", ignoreLooseRpf);
    }
    if (all == RpFilter.LOOSE) {
      return notStrict(
          "net.ipv4.conf.all.rp_filter is 2 (loose), workloads could forge addresses",
          ignoreLooseRpf);
    }
    var forNew = settings.forNew();
    if (forNew == null) {
      return new Tolerated("net.ipv4.conf.default.rp_filter cannot be read");
    }
    return switch (RpFilter.effective(all, forNew)) {
      case STRICT -> new Enforced();
      case OFF -> new Tolerated("rp_filter is off for new interfaces");
      case LOOSE ->
          new Tolerated(
              "rp_filter is loose for new interfaces (net.ipv4.conf.default.rp_filter is 2)");
    };
  }

  private static RpfVerdict notStrict(String reason, boolean ignoreLooseRpf) {
    return ignoreLooseRpf ? new Tolerated(reason) : new Refused(reason + WAY_OUT);
  }
}
