package felix.policysync;

import felix.delta.ActiveRules;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Labels;
import felix.model.WorkloadEndpointKey;
import felix.policysync.Message.InSync;
import felix.policysync.Message.IpSetDelta;
import felix.policysync.Message.IpSetRemove;
import felix.policysync.Message.IpSetUpdate;
import felix.policysync.Message.NamespaceRemove;
import felix.policysync.Message.NamespaceUpdate;
import felix.policysync.Message.PolicyRemove;
import felix.policysync.Message.PolicyUpdate;
import felix.policysync.Message.ProfileRemove;
import felix.policysync.Message.ProfileUpdate;
import felix.policysync.Message.ServiceAccountRemove;
import felix.policysync.Message.ServiceAccountUpdate;
import felix.policysync.Message.WorkloadRemove;
import felix.policysync.Message.WorkloadUpdate;
import java.util.List;

/** Messages as {@code ToDataplane}. Numbers of fields are v3.14's, unchanged since Felix 2. */
final class MessageBytes {
  private MessageBytes() {}

  static byte[] of(Message message) {
    var fields = new ProtoFields();
    switch (message) {
      case InSync() -> fields.message(1, new ProtoFields());
      case IpSetUpdate update -> fields.message(2, ipSet(update));
      case IpSetDelta delta -> fields.message(3, ipSet(delta));
      case IpSetRemove(var id) -> fields.message(4, new ProtoFields().text(1, id.value()));
      case ProfileUpdate(var name, var rules) -> fields.message(5, profile(name, rules));
      case ProfileRemove(var name) ->
          fields.message(6, new ProtoFields().message(1, new ProtoFields().text(1, name)));
      case PolicyUpdate(var policy, var rules) -> fields.message(7, policy(policy, rules));
      case PolicyRemove(var policy) ->
          fields.message(8, new ProtoFields().message(1, policyId(policy)));
      case WorkloadUpdate(var key, var workload) ->
          fields.message(
              11,
              new ProtoFields().message(1, workloadId(key)).message(5, WorkloadBytes.of(workload)));
      case WorkloadRemove(var key) ->
          fields.message(12, new ProtoFields().message(1, workloadId(key)));
      case ServiceAccountUpdate(var namespace, var name, var labels) ->
          fields.message(19, labelled(serviceAccountId(namespace, name), labels));
      case ServiceAccountRemove(var namespace, var name) ->
          fields.message(20, new ProtoFields().message(1, serviceAccountId(namespace, name)));
      case NamespaceUpdate(var name, var labels) ->
          fields.message(21, labelled(new ProtoFields().text(1, name), labels));
      case NamespaceRemove(var name) ->
          fields.message(22, new ProtoFields().message(1, new ProtoFields().text(1, name)));
    }
    return fields.toBytes();
  }

  private static ProtoFields ipSet(IpSetUpdate update) {
    return new ProtoFields()
        .text(1, update.id().value())
        .texts(2, texts(update.members()))
        .number(3, type(update.type()));
  }

  private static ProtoFields ipSet(IpSetDelta delta) {
    return new ProtoFields()
        .text(1, delta.id().value())
        .texts(2, texts(delta.added()))
        .texts(3, texts(delta.removed()));
  }

  private static int type(IpSetType type) {
    return switch (type) {
      case IP_PORT -> 1;
      case NET -> 2;
    };
  }

  private static List<String> texts(List<IpSetMember> members) {
    return members.stream().map(MessageBytes::text).toList();
  }

  private static String text(IpSetMember member) {
    return switch (member) {
      case IpSetMember.Net(var cidr) -> cidr.toString();
      case IpSetMember.Port(var ip, var protocol, var port) -> ip + "," + protocol + ":" + port;
    };
  }

  private static ProtoFields profile(String name, ActiveRules rules) {
    var profile = new ProtoFields();
    RulesBytes.add(profile, 1, rules.ingress(), "prof-in-" + name);
    RulesBytes.add(profile, 2, rules.egress(), "prof-out-" + name);
    return new ProtoFields().message(1, new ProtoFields().text(1, name)).message(2, profile);
  }

  /** Fields for policies that are not tracked, or before DNAT, are of no workload's. */
  private static ProtoFields policy(PolicyRef policy, ActiveRules rules) {
    String name = policy.tier() + "/" + policy.key().id();
    var value = new ProtoFields();
    RulesBytes.add(value, 1, rules.ingress(), "pol-in-" + name);
    RulesBytes.add(value, 2, rules.egress(), "pol-out-" + name);
    value.text(5, policy.key().namespace());
    return new ProtoFields().message(1, policyId(policy)).message(2, value);
  }

  private static ProtoFields policyId(PolicyRef policy) {
    return new ProtoFields().text(1, policy.tier()).text(2, policy.key().id());
  }

  private static ProtoFields workloadId(WorkloadEndpointKey key) {
    return new ProtoFields()
        .text(2, key.orchestrator())
        .text(3, key.workload())
        .text(4, key.endpoint());
  }

  private static ProtoFields serviceAccountId(String namespace, String name) {
    return new ProtoFields().text(1, namespace).text(2, name);
  }

  private static ProtoFields labelled(ProtoFields id, Labels labels) {
    var update = new ProtoFields().message(1, id);
    labels.forEach((key, value) -> update.message(2, MapEntry.of(key, value)));
    return update;
  }
}
