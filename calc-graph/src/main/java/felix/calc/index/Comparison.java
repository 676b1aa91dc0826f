package felix.calc.index;

import felix.model.Labelled;
import felix.model.Labels;
import felix.selector.LabelLookup;
import felix.selector.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks selectors about labels, and counts the answers. One thread. */
final class Comparison {
  private final Inheritance<?> inheritance;
  private final OwnLabels ownLabels = new OwnLabels();
  private final EffectiveLabels effectiveLabels = new EffectiveLabels();
  private long matches;
  private long mismatches;

  Comparison(Inheritance<?> inheritance) {
    this.inheritance = inheritance;
  }

  /** What a selector says of labels to which others may be added. */
  enum Verdict {
    YES,
    NO,
    /** It asked for a label that is not there. */
    OPEN
  }

  /** Labels that tell whether one was asked for in vain; there is one of these for all. */
  private static final class OwnLabels implements LabelLookup {
    private Labels own = Labels.NONE;
    private boolean open;

    @Override
    public @Nullable String get(String label) {
      String value = own.get(label);
      if (value == null) {
        open = true;
      }
      return value;
    }
  }

  /** The labels of one item after inheritance; there is one of these for all, to save garbage. */
  private final class EffectiveLabels implements LabelLookup {
    private Labels own = Labels.NONE;
    private List<String> parents = List.of();

    @Override
    public @Nullable String get(String label) {
      String value = own.get(label);
      return value != null ? value : inheritance.get(parents, label);
    }
  }

  /** Whatever is inherited beside these labels. */
  Verdict ofOwn(Selector selector, Labels labels) {
    ownLabels.own = labels;
    ownLabels.open = false;
    boolean answer = selector.matches(ownLabels);
    if (ownLabels.open) {
      return Verdict.OPEN;
    }
    return counted(answer) ? Verdict.YES : Verdict.NO;
  }

  /** With what is inherited. */
  boolean matches(Selector selector, Labelled item) {
    effectiveLabels.own = item.labels();
    effectiveLabels.parents = item.profiles();
    return counted(selector.matches(effectiveLabels));
  }

  long matches() {
    return matches;
  }

  long mismatches() {
    return mismatches;
  }

  private boolean counted(boolean answer) {
    if (answer) {
      matches++;
    } else {
      mismatches++;
    }
    return answer;
  }
}
