package felix.rpf;

import felix.rpf.RpfVerdict.Enforced;
import felix.rpf.RpfVerdict.Refused;
import felix.rpf.RpfVerdict.Tolerated;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pre-flight check that DC/OS operators know from Felix up to 3.12: reverse path filtering must
 * not be loose unless {@code IgnoreLooseRPF} is set. The agent's rule in the raw table drops forged
 * sources whatever the sysctls say; the check stays because nothing drops them while that rule is
 * not yet, or no longer, there.
 *
 * <p>What counts is what holds on workloads' interfaces: {@code all}, {@code default} for those to
 * come, and each that is there. Felix looked at {@code all} alone, as it then made the others
 * strict itself, which Felix since 3.13 and this agent do not.
 */
public final class RpfCheck {
  private static final int MOST_NAMED = 5;

  private static final String DANGER =
      " A workload with CAP_NET_RAW, whose interface has an address, can send packets from any address"
          + " that has a route, and pass for another workload or host, whenever the agent's own rule"
          + " is not there.";

  private static final String ACCEPT =
      " Or accept it: IgnoreLooseRPF=true in felix.cfg, FELIX_IGNORELOOSERPF=true in the"
          + " environment.";

  private final RpFilterSettings settings;
  private final WorkloadInterfaces workloads;

  private RpfCheck(RpFilterSettings settings, WorkloadInterfaces workloads) {
    this.settings = settings;
    this.workloads = workloads;
  }

  /** The verdict on a host's settings. */
  public static RpfVerdict judge(
      RpFilterSettings settings, WorkloadInterfaces workloads, boolean ignoreLooseRpf) {
    return new RpfCheck(settings, workloads).judge(ignoreLooseRpf);
  }

  private RpfVerdict judge(boolean ignoreLooseRpf) {
    RpFilter all = settings.all();
    if (all == null) {
      String reason =
          "net.ipv4.conf.all.rp_filter cannot be read: is /proc/sys there, and IPv4 in the kernel?";
      return ignoreLooseRpf ? new Tolerated(reason) : new Refused(reason + ACCEPT);
    }
    List<String> loose = reaching(RpFilter.LOOSE);
    if (all == RpFilter.LOOSE) {
      loose.addFirst(key("all"));
    }
    if (!loose.isEmpty()) {
      String reason = "Reverse path filtering is loose (2): " + shortened(loose) + ".";
      return ignoreLooseRpf
          ? new Tolerated(reason)
          : new Refused(reason + DANGER + " Make it strict: " + remedy() + ACCEPT);
    }
    return strictOrOff(all, reaching(null), reaching(RpFilter.OFF));
  }

  private static RpfVerdict strictOrOff(RpFilter all, List<String> unreadable, List<String> off) {
    if (!unreadable.isEmpty()) {
      return new Tolerated("Cannot be read: " + shortened(unreadable) + ".");
    }
    return all == RpFilter.STRICT || off.isEmpty()
        ? new Enforced()
        : new Tolerated("Reverse path filtering is off (0): " + shortened(off) + ".");
  }

  /** Those with a value, of the settings that reach workloads' interfaces and no others. */
  private List<String> reaching(@Nullable RpFilter value) {
    var names = new ArrayList<String>();
    if (settings.forNew() == value) {
      names.add(key("default"));
    }
    ofWorkloads(value).forEach(name -> names.add(key(name)));
    return names;
  }

  private Stream<String> ofWorkloads(@Nullable RpFilter value) {
    return settings.interfaces().stream()
        .filter(each -> each.own() == value && workloads.contains(each.name()))
        .map(RpFilterSettings.Interface::name);
  }

  /** Shell commands after which nothing is loose; interfaces may be many, and have odd names. */
  private String remedy() {
    var sysctl = new StringBuilder();
    if (settings.all() == RpFilter.LOOSE) {
      sysctl.append(' ').append(key("all")).append("=1");
    }
    if (settings.forNew() == RpFilter.LOOSE) {
      sysctl.append(' ').append(key("default")).append("=1");
    }
    var commands = new ArrayList<String>();
    if (!sysctl.isEmpty()) {
      commands.add("sysctl -w" + sysctl);
    }
    workloads.prefixes().stream()
        .filter(prefix -> ofWorkloads(RpFilter.LOOSE).anyMatch(name -> name.startsWith(prefix)))
        .map("for f in /proc/sys/net/ipv4/conf/%s*/rp_filter; do echo 1 >\"$f\"; done"::formatted)
        .forEach(commands::add);
    String kept =
        sysctl.isEmpty() ? "." : " (and in /etc/sysctl.d/99-rp_filter.conf for the next start).";
    return "`" + String.join("; ", commands) + "`" + kept;
  }

  private static String key(String name) {
    return "net.ipv4.conf." + PrintableName.of(name) + ".rp_filter";
  }

  private static String shortened(List<String> names) {
    return names.size() <= MOST_NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED))
            + " and %d more".formatted(names.size() - MOST_NAMED);
  }
}
