package felix.model;

/** The identity of one resource. Says nothing about what the resource holds. */
public sealed interface ResourceKey
    permits WorkloadEndpointKey,
        PolicyKey,
        TierKey,
        ProfileRulesKey,
        ProfileLabelsKey,
        NetworkSetKey,
        IpPoolKey,
        IpamBlockKey,
        NodeKey,
        FelixConfigurationKey,
        ClusterInformationKey {}
