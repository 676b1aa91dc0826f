package felix.model;

public record NodeKey(String name) implements ResourceKey {}
