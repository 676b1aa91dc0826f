package felix.model;

/** An endpoint of either kind. */
public sealed interface EndpointKey extends ResourceKey
    permits WorkloadEndpointKey, HostEndpointKey {}
