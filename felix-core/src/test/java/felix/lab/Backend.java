package felix.lab;

/** The two iptables programs; an agent is told which to use by {@code FELIX_IPTABLESBACKEND}. */
public enum Backend {
  LEGACY("legacy"),
  NFT("nft");

  private final String word;

  Backend(String word) {
    this.word = word;
  }

  /** The word in settings and in program names such as {@code iptables-nft-save}. */
  public String word() {
    return word;
  }
}
