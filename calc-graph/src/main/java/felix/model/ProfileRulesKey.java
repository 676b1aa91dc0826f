package felix.model;

/** The rules of a profile. */
public record ProfileRulesKey(String profile) implements ResourceKey {}
