package felix.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule said before namespaces and service accounts were folded into its selectors. Told to
 * consumers of the policy sync API; decides nothing here.
 */
public record RuleOrigin(Side source, Side destination, @Nullable HttpMatch http) {
  /** Of a rule that says nothing of the kind. */
  public static final RuleOrigin NONE = new RuleOrigin(Side.NONE, Side.NONE, null);

  /** One side of a rule; texts as they were written, empty where there is none. */
  public record Side(
      String selector,
      String notSelector,
      String namespaceSelector,
      String serviceAccountSelector,
      List<String> serviceAccountNames) {
    /** Of a side that says nothing of the kind. */
    public static final Side NONE = new Side("", "", "", "", List.of());

    public Side {
      serviceAccountNames = List.copyOf(serviceAccountNames);
    }
  }
}
