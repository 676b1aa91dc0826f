package felix.model;

/** The identity of one resource. Says nothing about what the resource holds. */
public sealed interface ResourceKey
    permits EndpointKey,
        PolicyKey,
        TierKey,
        ProfileRulesKey,
        ProfileLabelsKey,
        NetworkSetKey,
        IpPoolKey,
        IpamBlockKey,
        NodeKey,
        BgpConfigurationKey,
        FelixConfigurationKey,
        ClusterInformationKey {}
