package felix.model;

/**
 * The labels that a profile gives to the endpoints that name it and have no label of that key
 * themselves.
 */
public record ProfileLabels(Labels labels) implements Resource {}
