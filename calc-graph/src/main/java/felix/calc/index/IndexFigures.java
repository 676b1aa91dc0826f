package felix.calc.index;

/**
 * What an index holds, and what it did since the start.
 *
 * @param withoutDemand selectors that must be compared with every item
 * @param matches comparisons of a selector with an item that said yes
 * @param mismatches likewise no
 * @param narrowed selectors that came and were compared with a part of the items
 * @param scans selectors that came and were compared with all items
 */
public record IndexFigures(
    int items,
    int selectors,
    int withoutDemand,
    long matches,
    long mismatches,
    long narrowed,
    long scans) {
  /** Of an index that nothing has been put into. */
  public static final IndexFigures NONE = new IndexFigures(0, 0, 0, 0, 0, 0, 0);

  /** Those of two indexes as if they were one. */
  public IndexFigures plus(IndexFigures other) {
    return new IndexFigures(
        items + other.items,
        selectors + other.selectors,
        withoutDemand + other.withoutDemand,
        matches + other.matches,
        mismatches + other.mismatches,
        narrowed + other.narrowed,
        scans + other.scans);
  }
}
