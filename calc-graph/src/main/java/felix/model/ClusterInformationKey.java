package felix.model;

/** The one ClusterInformation resource, {@code default}. */
public record ClusterInformationKey() implements ResourceKey {}
