package felix.model;

/** What a resource holds. The key that it is stored under stands beside it, not in it. */
public sealed interface Resource
    permits WorkloadEndpoint,
        Policy,
        Tier,
        Rules,
        ProfileLabels,
        NetworkSet,
        IpPool,
        IpamBlock,
        Node,
        FelixConfiguration,
        ClusterInformation {}
