package felix.dataplane.rules;

import felix.model.PolicyStage;

/** The tables of iptables that we write to, in the order in which a packet meets them. */
public enum Table {
  RAW("raw"),
  MANGLE("mangle"),
  NAT("nat"),
  FILTER("filter");

  private final String kernelName;

  Table(String kernelName) {
    this.kernelName = kernelName;
  }

  /** Where policies of a stage decide. */
  public static Table of(PolicyStage stage) {
    return switch (stage) {
      case UNTRACKED -> RAW;
      case PRE_DNAT -> MANGLE;
      case TRACKED -> FILTER;
    };
  }

  public String kernelName() {
    return kernelName;
  }
}
