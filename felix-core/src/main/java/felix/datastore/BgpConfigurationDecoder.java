package felix.datastore;

import felix.model.BgpConfiguration;
import felix.model.Cidr;
import java.util.List;
import java.util.stream.Stream;

/** BGPConfiguration, as far as it speaks of services. */
final class BgpConfigurationDecoder {
  private BgpConfigurationDecoder() {}

  static BgpConfiguration decode(Json configuration) {
    Json spec = configuration.get("spec");
    return new BgpConfiguration(
        Stream.of("serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs")
            .flatMap(field -> networks(spec.get(field)).stream())
            .toList());
  }

  private static List<Cidr> networks(Json blocks) {
    return blocks.items().stream().map(block -> block.get("cidr").parsed(Cidr::parse)).toList();
  }
}
