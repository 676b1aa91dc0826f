package felix.dataplane.rules;

/** Which end of a packet a match looks at. */
public enum Side {
  SOURCE,
  DESTINATION
}
