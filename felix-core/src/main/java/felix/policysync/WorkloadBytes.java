package felix.policysync;

import felix.delta.ActiveWorkload;
import felix.delta.TierPolicies;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import java.util.List;

/** Message {@code WorkloadEndpoint}. Numbers of fields are v3.14's. */
final class WorkloadBytes {
  /** What libcalico says of every endpoint that it reads. */
  private static final String STATE = "active";

  private WorkloadBytes() {}

  static ProtoFields of(ActiveWorkload workload) {
    var fields = new ProtoFields();
    fields
        .text(1, STATE)
        .text(2, workload.interfaceName())
        .text(3, workload.mac() == null ? "" : workload.mac().toString())
        .texts(4, workload.profiles())
        .texts(5, networks(workload, IpVersion.V4))
        .texts(6, networks(workload, IpVersion.V6));
    workload.tiers().forEach(tier -> fields.message(7, tier(tier)));
    translations(fields, 8, workload, IpVersion.V4);
    translations(fields, 9, workload, IpVersion.V6);
    return fields;
  }

  private static List<Cidr> networks(ActiveWorkload workload, IpVersion version) {
    return workload.networks().stream().filter(cidr -> cidr.version() == version).toList();
  }

  private static ProtoFields tier(TierPolicies tier) {
    return new ProtoFields()
        .text(1, tier.tier())
        .texts(2, names(tier.ingress()))
        .texts(3, names(tier.egress()));
  }

  private static List<String> names(List<PolicyKey> policies) {
    return policies.stream().map(PolicyKey::id).toList();
  }

  private static void translations(
      ProtoFields fields, int field, ActiveWorkload workload, IpVersion version) {
    workload.extras().translations().stream()
        .filter(translation -> translation.internal().version() == version)
        .forEach(
            translation ->
                fields.message(
                    field,
                    new ProtoFields()
                        .text(1, translation.external().toString())
                        .text(2, translation.internal().toString())));
  }
}
