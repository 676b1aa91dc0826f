package felix.model;

/** The labels that a profile gives to its endpoints. */
public record ProfileLabelsKey(String profile) implements ResourceKey {}
