package felix.dataplane.rules;

import felix.delta.Direction;
import felix.model.PolicyKey;
import java.util.ArrayList;
import java.util.List;

/** The names of our chains, those of v3.14, and of what came later today's. */
public final class ChainNames {
  /** What all names of our chains begin with. */
  public static final String PREFIX = "cali-";

  public static final String FROM_WORKLOAD_DISPATCH = "cali-from-wl-dispatch";
  public static final String TO_WORKLOAD_DISPATCH = "cali-to-wl-dispatch";

  /**
   * In place of an interface's name: all that have no host endpoint of their own. Too long to be
   * one.
   */
  public static final String ANY_INTERFACE = "any-interface-at-all";

  static final String INPUT = "cali-INPUT";
  static final String FORWARD = "cali-FORWARD";
  static final String OUTPUT = "cali-OUTPUT";
  static final String PREROUTING = "cali-PREROUTING";
  static final String POSTROUTING = "cali-POSTROUTING";
  static final String WORKLOAD_TO_HOST = "cali-wl-to-host";
  static final String FAILSAFE_IN = "cali-failsafe-in";
  static final String FAILSAFE_OUT = "cali-failsafe-out";
  static final String FROM_HOST_ENDPOINT = "cali-from-host-endpoint";
  static final String TO_HOST_ENDPOINT = "cali-to-host-endpoint";
  static final String FROM_HOST_ENDPOINT_FORWARD = "cali-from-hep-forward";
  static final String TO_HOST_ENDPOINT_FORWARD = "cali-to-hep-forward";
  static final String FLOATING_IP_DNAT = "cali-fip-dnat";
  static final String FLOATING_IP_SNAT = "cali-fip-snat";
  static final String RPF_SKIP = "cali-rpf-skip";
  static final String CIDR_BLOCK = "cali-cidr-block";
  static final String EGRESS_DSCP = "cali-egress-dscp";
  static final String FROM_WORKLOAD_START = "cali-from-wl-start";
  static final String TO_WORKLOAD_START = "cali-to-wl-start";
  static final String SET_ACCEPT = "cali-set-accept";
  static final String SET_PASS = "cali-set-pass";
  static final String NAT_OUTGOING = "cali-nat-outgoing";

  /** XT_EXTENSION_MAXNAMELEN less its final zero. */
  static final int MAX_LENGTH = 28;

  /** Begins the part of a name that is a hash. */
  private static final String HASHED = "_";

  /** Anything else would have to be quoted, or could end the line. */
  private static final Alphabet SAFE = Alphabet.alphanumericAnd("_.:/-");

  private ChainNames() {}

  /** The chain with a policy's rules for one direction. */
  public static String policy(Direction direction, PolicyKey policy) {
    return switch (direction) {
      case INGRESS -> limited("cali-pi-", policy.id());
      case EGRESS -> limited("cali-po-", policy.id());
    };
  }

  /** The chain with a profile's rules for one direction. */
  public static String profile(Direction direction, String profile) {
    return switch (direction) {
      case INGRESS -> limited("cali-pri-", profile);
      case EGRESS -> limited("cali-pro-", profile);
    };
  }

  /** The chain that decides what goes to or comes from a workload's interface. */
  public static String workload(Direction direction, String interfaceName) {
    return switch (direction) {
      case INGRESS -> limited("cali-tw-", interfaceName);
      case EGRESS -> limited("cali-fw-", interfaceName);
    };
  }

  /** The chain through which traffic to or from a workload goes before it is asked policies. */
  static String workloadStart(Direction direction) {
    return switch (direction) {
      case INGRESS -> TO_WORKLOAD_START;
      case EGRESS -> FROM_WORKLOAD_START;
    };
  }

  /** The chain of all workloads about which this decides. */
  public static String workloadGroup(WorkloadDecision decision) {
    return switch (decision.direction()) {
      case INGRESS -> hashed("cali-tg-", decision.parts());
      case EGRESS -> hashed("cali-fg-", decision.parts());
    };
  }

  /**
   * The chain of all workloads for which the last tier ends like this, and the profiles are these.
   */
  static String workloadEnd(WorkloadDecision decision) {
    var parts = new ArrayList<String>();
    parts.add(decision.tiers().getLast().end("").orElse(""));
    parts.addAll(decision.profiles());
    return switch (decision.direction()) {
      case INGRESS -> hashed("cali-te-", parts);
      case EGRESS -> hashed("cali-fe-", parts);
    };
  }

  /**
   * The chain that decides what goes to or comes from the host by an interface, or by {@link
   * #ANY_INTERFACE}.
   */
  public static String host(Direction direction, String interfaceName) {
    return switch (direction) {
      case INGRESS -> limited("cali-fh-", interfaceName);
      case EGRESS -> limited("cali-th-", interfaceName);
    };
  }

  /** The chain that decides what the host forwards from or to an interface; as {@link #host}. */
  public static String hostForward(Direction direction, String interfaceName) {
    return switch (direction) {
      case INGRESS -> limited("cali-fhfw-", interfaceName);
      case EGRESS -> limited("cali-thfw-", interfaceName);
    };
  }

  /**
   * The name itself, or a hash of it where it is too long, could be taken for a hash, or holds a
   * character that a rule cannot.
   */
  private static String limited(String prefix, String id) {
    int length = prefix.length() + id.length();
    boolean looksHashed = length == MAX_LENGTH && id.startsWith(HASHED);
    if (length > MAX_LENGTH || looksHashed || !SAFE.spells(id)) {
      return (prefix + HASHED + HashedName.hashOf(id)).substring(0, MAX_LENGTH);
    }
    return prefix + id;
  }

  /** As long as a name may be: 20 characters of a hash, in which each part counts for itself. */
  private static String hashed(String prefix, List<String> parts) {
    var id = new StringBuilder();
    parts.forEach(part -> id.append(part.length()).append(':').append(part));
    return (prefix + HashedName.hashOf(id.toString())).substring(0, MAX_LENGTH);
  }
}
