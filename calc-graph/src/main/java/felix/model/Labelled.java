package felix.model;

import java.util.List;

/** What selectors can match: it has labels of its own, and inherits others from profiles. */
public sealed interface Labelled permits Endpoint, NetworkSet {
  /** Its own labels, without those of the profiles. */
  Labels labels();

  /** In order: for a label that several give, the first one counts; its own comes before all. */
  List<String> profiles();
}
