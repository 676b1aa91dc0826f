package felix.policysync;

import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Labels;
import felix.model.WorkloadEndpointKey;
import java.util.List;

/** What a client can be told. Which bytes that is, says {@link MessageBytes}. */
sealed interface Message {
  /** All that there was at the client's coming, and at the agent's start, has been told. */
  record InSync() implements Message {}

  /** A set and its members; those that do not fit follow as changes. */
  record IpSetUpdate(IpSetId id, IpSetType type, List<IpSetMember> members) implements Message {}

  /** Changes of a set that was told. */
  record IpSetDelta(IpSetId id, List<IpSetMember> added, List<IpSetMember> removed)
      implements Message {}

  /** A set is no longer needed. */
  record IpSetRemove(IpSetId id) implements Message {}

  /** A profile, new or with other rules. */
  record ProfileUpdate(String name, ActiveRules rules) implements Message {}

  /** A profile is no longer needed. */
  record ProfileRemove(String name) implements Message {}

  /** A policy, new or with other rules. */
  record PolicyUpdate(PolicyRef policy, ActiveRules rules) implements Message {}

  /** A policy is no longer needed. */
  record PolicyRemove(PolicyRef policy) implements Message {}

  /** The client's workload. */
  record WorkloadUpdate(WorkloadEndpointKey key, ActiveWorkload workload) implements Message {}

  /** The client's workload is gone; the last message. */
  record WorkloadRemove(WorkloadEndpointKey key) implements Message {}

  /** A service account of the cluster. */
  record ServiceAccountUpdate(String namespace, String name, Labels labels) implements Message {}

  /** A service account is gone. */
  record ServiceAccountRemove(String namespace, String name) implements Message {}

  /** A namespace of the cluster. */
  record NamespaceUpdate(String name, Labels labels) implements Message {}

  /** A namespace is gone. */
  record NamespaceRemove(String name) implements Message {}
}
