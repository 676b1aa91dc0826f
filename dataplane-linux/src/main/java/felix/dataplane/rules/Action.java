package felix.dataplane.rules;

/** What a rule does. */
public sealed interface Action {
  record Drop() implements Action {}
}
