package felix.model;

/** An IP family. */
public enum IpVersion {
  V4(4, 32),
  V6(6, 128);

  private final int number;
  private final int bits;

  IpVersion(int number, int bits) {
    this.number = number;
    this.bits = bits;
  }

  /** 4 or 6, as written in a rule's {@code ipVersion}. */
  public int number() {
    return number;
  }

  /** The length of an address, in bits. */
  public int bits() {
    return bits;
  }
}
