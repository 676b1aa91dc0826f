package felix.bench.scale;

/**
 * An address of the cluster's pool, 10.0.0.0/8.
 *
 * @param block which of its blocks of 64
 * @param offset in the block
 */
record Place(int block, int offset) {
  static final String POOL = "10.0.0.0/8";
  static final int BLOCK_SIZE = 64;

  /** The first block of the host that is measured, behind all others. */
  private static final int LOCAL_BLOCK = 200_000;

  /** The n-th address of the host that is measured. */
  static Place local(int n) {
    return new Place(LOCAL_BLOCK + n / BLOCK_SIZE, n % BLOCK_SIZE);
  }

  String address() {
    int number = block * BLOCK_SIZE + offset;
    return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  String cidr() {
    return new Place(block, 0).address() + "/26";
  }
}
