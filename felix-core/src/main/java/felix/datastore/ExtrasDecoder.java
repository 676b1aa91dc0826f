package felix.datastore;

import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.WorkloadExtras;
import java.util.List;

/** What few workload endpoints ask for. One that asks badly does without, and is there. */
final class ExtrasDecoder {
  private ExtrasDecoder() {}

  /**
   * @param own the networks of the endpoint
   */
  static WorkloadExtras decode(Json spec, List<Cidr> own, LeftOut leftOut) {
    if (!spec.get("ipNATs").isPresent()
        && !spec.get("allowSpoofedSourcePrefixes").isPresent()
        && !spec.get("qosControls").isPresent()) {
      return WorkloadExtras.NONE;
    }
    var extras =
        new WorkloadExtras(
            leftOut.readItems(() -> spec.get("ipNATs"), nat -> translation(nat, own)),
            leftOut.readItems(
                () -> spec.get("allowSpoofedSourcePrefixes"), prefix -> prefix.parsed(Cidr::parse)),
            leftOut.readAny(() -> DscpValue.decode(spec.get("qosControls").get("dscp"))));
    return extras.equals(WorkloadExtras.NONE) ? WorkloadExtras.NONE : extras;
  }

  /** Calico's API does not take one to an address of somebody else; Felix itself does not look. */
  private static AddressTranslation translation(Json nat, List<Cidr> own) {
    Json internal = nat.get("internalIP");
    Json external = nat.get("externalIP");
    var translation =
        new AddressTranslation(internal.parsed(Ip::parse), external.parsed(Ip::parse));
    if (own.stream().noneMatch(network -> network.contains(translation.internal()))) {
      throw internal.bad("not an address of the endpoint: " + translation.internal());
    }
    if (translation.internal().version() != translation.external().version()) {
      throw external.bad("not of the family of " + translation.internal());
    }
    return translation;
  }
}
