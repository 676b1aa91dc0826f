package felix.dataplane.rules;

/**
 * The bits of a packet's mark that we use; each is a single bit.
 *
 * @param accept policy allowed the packet
 * @param pass policy passed the packet on, to the next tier or the profiles
 * @param scratch0 within one policy rule: all its blocks so far matched; in the raw table: the
 *     packet comes from a workload
 * @param scratch1 within one block of a policy rule: it matched
 */
public record MarkBits(int accept, int pass, int scratch0, int scratch1) {
  private static final int NEEDED = 4;

  /**
   * The lowest bits of a mask.
   *
   * @param mask IptablesMarkMask: the bits that no one else on this host uses
   * @throws IllegalArgumentException if it has fewer than four bits
   */
  public static MarkBits fromMask(int mask) {
    if (Integer.bitCount(mask) < NEEDED) {
      throw new IllegalArgumentException(
          "IptablesMarkMask " + MatchText.hex(mask) + " has fewer than " + NEEDED + " bits");
    }
    int[] bits = new int[NEEDED];
    int rest = mask;
    for (int i = 0; i < NEEDED; i++) {
      bits[i] = Integer.lowestOneBit(rest);
      rest &= ~bits[i];
    }
    return new MarkBits(bits[0], bits[1], bits[2], bits[3]);
  }

  int all() {
    return accept | pass | scratch0 | scratch1;
  }
}
