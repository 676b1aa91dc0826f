package felix.unix;

import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of this process at which a file is, as {@code /proc/self/smaps} tells: one line with
 * the addresses, the rights and the file, then one for each figure.
 *
 * @param file path; empty if there is none
 * @param isWritable now; what was written earlier shows in the next
 * @param privateKib in memory or swapped out, which are in no file
 */
record Mapping(long start, long end, String file, boolean isWritable, long privateKib) {
  private static final int FIELDS = 6;
  private static final int HEX = 16;

  /** Those of the text, in its order. */
  static List<Mapping> all(List<String> smaps) {
    var all = new ArrayList<Mapping>();
    for (String line : smaps) {
      int colon = line.indexOf(':');
      int blank = line.indexOf(' ');
      if (blank > 0 && blank < colon) {
        all.add(head(line.split(" +", FIELDS)));
      } else if (line.startsWith("Anonymous:") || line.startsWith("Swap:")) {
        all.add(all.removeLast().with(kib(line)));
      }
    }
    return all;
  }

  /** Addresses, rights, offset, device, inode, and a path if there is one. */
  private static Mapping head(String[] fields) {
    String[] addresses = fields[0].split("-", 2);
    return new Mapping(
        Long.parseUnsignedLong(addresses[0], HEX),
        Long.parseUnsignedLong(addresses[1], HEX),
        fields.length < FIELDS ? "" : fields[FIELDS - 1],
        fields[1].indexOf('w') >= 0,
        0);
  }

  private Mapping with(long morePrivateKib) {
    return new Mapping(start, end, file, isWritable, privateKib + morePrivateKib);
  }

  private static long kib(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  /** Whether every page is as it is in the file, and stays so. */
  boolean isOfFileAlone() {
    return !isWritable && privateKib == 0 && !file.isEmpty();
  }

  long bytes() {
    return end - start;
  }
}
