package felix.dataplane.ipset;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a set was created with, less what the kernel sizes by itself.
 *
 * @param family {@code inet}, {@code inet6}, or empty where a type has none
 * @param maxSize how many members it can hold; 0 where a type has no limit
 * @param options all else, {@code timeout 300} say; sets of ours have none
 */
record SetHeader(String type, String family, int maxSize, Set<String> options) {
  /** Grow with the set, or differ each time. */
  private static final Set<String> NO_MATTER = Set.of("hashsize", "bucketsize", "initval");

  SetHeader {
    options = Set.copyOf(options);
  }

  static SetHeader of(MemberFormat format, int maxSize) {
    return new SetHeader(format.typeName(), format.familyName(), maxSize, Set.of());
  }

  /** Reads the words after {@code Header:}. */
  static SetHeader parse(String type, String text) {
    String family = "";
    int maxSize = 0;
    var options = new TreeSet<String>();
    Iterator<String> words = Arrays.stream(text.split(" ", -1)).iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "family" -> family = value(words);
        case "maxelem" -> maxSize = Integer.parseUnsignedInt(value(words));
        case "" -> {}
        default -> {
          if (NO_MATTER.contains(word)) {
            value(words);
          } else {
            options.add(word);
          }
        }
      }
    }
    return new SetHeader(type, family, maxSize, options);
  }

  /** Whether the contents of two such sets can change places: the kernel wants them alike. */
  boolean isSwappableWith(SetHeader other) {
    return type.equals(other.type) && family.equals(other.family);
  }

  private static String value(Iterator<String> words) {
    return words.hasNext() ? words.next() : "";
  }

  /** As {@code create} takes it. */
  @Override
  public String toString() {
    return type + " family " + family + " maxelem " + Integer.toUnsignedString(maxSize);
  }
}
