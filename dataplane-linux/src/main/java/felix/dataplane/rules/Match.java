package felix.dataplane.rules;

/** One condition of a rule. */
public sealed interface Match {
  /**
   * The packet came in through this interface; a name that ends in '+' stands for all that begin
   * so.
   */
  record InInterface(String name) implements Match {}
}
