package felix.dataplane.rules;

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

  public String kernelName() {
    return kernelName;
  }
}
