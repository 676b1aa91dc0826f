package felix.dataplane.iptables;

/** Which part of the kernel holds the rules. */
public enum IptablesBackend {
  /** ip_tables: the kernel takes a table as a whole. */
  LEGACY("legacy"),
  /** nf_tables, through the iptables tools that were made for it. */
  NFT("nft");

  private final String programInfix;

  IptablesBackend(String programInfix) {
    this.programInfix = programInfix;
  }

  /** As in {@code iptables-legacy-save}. */
  String programInfix() {
    return programInfix;
  }
}
