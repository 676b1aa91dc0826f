package felix.datastore;

import felix.model.BgpConfiguration;
import felix.model.Cidr;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** BGPConfiguration, as far as it speaks of services. A block that is bad is left out. */
final class BgpConfigurationDecoder {
  private BgpConfigurationDecoder() {}

  static BgpConfiguration decode(Json configuration, LeftOut leftOut) {
    Json spec = configuration.get("spec");
    return new BgpConfiguration(
        Stream.of("serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs")
            .flatMap(field -> networks(spec, field, leftOut).stream())
            .toList());
  }

  private static List<Cidr> networks(Json spec, String field, LeftOut leftOut) {
    return leftOut.readItems(() -> spec.get(field), BgpConfigurationDecoder::network);
  }

  /** A block without a network is none, as in Felix. */
  private static @Nullable Cidr network(Json block) {
    Json cidr = block.get("cidr");
    return cidr.hasText() ? cidr.parsed(Cidr::parse) : null;
  }
}
