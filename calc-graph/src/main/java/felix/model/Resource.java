package felix.model;

/** What a resource holds. The key that it is stored under stands beside it, not in it. */
public sealed interface Resource
    permits Endpoint,
        Policy,
        Tier,
        Rules,
        ProfileLabels,
        NetworkSet,
        IpPool,
        IpamBlock,
        Node,
        BgpConfiguration,
        FelixConfiguration,
        ClusterInformation {}
