package felix.calc;

import felix.calc.index.IndexFigures;
import felix.calc.index.LabelIndex;
import felix.calc.index.MatchListener;
import felix.delta.Change;
import felix.delta.Changes;
import felix.model.Endpoint;
import felix.model.EndpointKey;
import felix.model.Labels;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.selector.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds out which policies apply to which local endpoints. Policies often share their selector, so
 * it is matched once for all that have it.
 */
final class PolicyMatcher implements PolicyMatches.Now {
  private final Resources resources;
  private final LabelIndex<String, EndpointKey, Endpoint> index = new LabelIndex<>();
  private final Map<String, Set<PolicyKey>> bySelector = new HashMap<>();

  /** Those that match a local endpoint. */
  private final Map<PolicyKey, Policy> active = new HashMap<>();

  PolicyMatcher(Resources resources) {
    this.resources = resources;
  }

  /** What a batch touches, to be looked at again when all of it is in the index. */
  private static final class Touched implements MatchListener<String, EndpointKey, Endpoint> {
    /** Of which a policy came, went or moved: for the endpoints that it matches. */
    final Set<String> selectors = new HashSet<>();

    /** That began or ceased to match some endpoint: for the policies that have it. */
    final Set<String> rematched = new HashSet<>();

    final Set<EndpointKey> endpoints = new HashSet<>();

    @Override
    public void started(String selector, EndpointKey key, Endpoint value) {
      rematched.add(selector);
      endpoints.add(key);
    }

    @Override
    public void stopped(String selector, EndpointKey key, Endpoint value) {
      rematched.add(selector);
      endpoints.add(key);
    }

    @Override
    public void changed(String selector, EndpointKey key, Endpoint from, Endpoint to) {}
  }

  PolicyMatches apply(
      Changes<EndpointKey, Endpoint> local,
      Changes<PolicyKey, Policy> policies,
      Changes<ProfileLabelsKey, ProfileLabels> profileLabels) {
    var touched = new Touched();
    for (var change : policies) {
      movePolicy(change, touched);
    }
    for (var change : profileLabels) {
      ProfileLabels after = change.after();
      Labels labels = after == null ? Labels.NONE : after.labels();
      index.putProfileLabels(change.key().profile(), labels, touched);
    }
    for (var change : local) {
      Endpoint after = change.after();
      if (after == null) {
        index.removeItem(change.key(), touched);
      } else {
        index.putItem(change.key(), after, touched);
      }
    }
    touched.selectors.forEach(
        s -> index.forEachMatch(s, (key, value) -> touched.endpoints.add(key)));
    return new PolicyMatches(activeChanges(policies, touched.rematched), touched.endpoints, this);
  }

  @Override
  public Set<String> selectorsOf(EndpointKey endpoint) {
    var selectors = new HashSet<String>();
    index.forEachSelectorOf(endpoint, selectors::add);
    return selectors;
  }

  @Override
  public Set<PolicyKey> policiesWith(String selector) {
    return bySelector.getOrDefault(selector, Set.of());
  }

  /** How many policies match a local endpoint. */
  int activePolicies() {
    return active.size();
  }

  /** Of the local endpoints. */
  IndexFigures figures() {
    return index.figures();
  }

  private void movePolicy(Change<PolicyKey, Policy> change, Touched touched) {
    Policy before = change.before();
    Policy after = change.after();
    if (before != null && after != null && samePlace(before, after)) {
      return;
    }
    if (before != null) {
      touched.selectors.add(before.selector());
    }
    if (after != null) {
      touched.selectors.add(after.selector());
      addUser(after.selector(), change.key(), touched);
    }
    if (before != null && (after == null || !before.selector().equals(after.selector()))) {
      removeUser(before.selector(), change.key(), touched);
    }
  }

  /** Whether the two apply to the same endpoints, at the same place in their order. */
  private static boolean samePlace(Policy a, Policy b) {
    return a.selector().equals(b.selector())
        && a.tier().equals(b.tier())
        && Objects.equals(a.order(), b.order())
        && a.ingress() == b.ingress()
        && a.egress() == b.egress()
        && a.stage() == b.stage()
        && a.onForward() == b.onForward();
  }

  private void addUser(String selector, PolicyKey policy, Touched touched) {
    Set<PolicyKey> users = bySelector.get(selector);
    if (users == null) {
      users = new HashSet<>(2);
      bySelector.put(selector, users);
      index.addSelector(selector, Selector.parse(selector), touched);
    }
    users.add(policy);
  }

  private void removeUser(String selector, PolicyKey policy, Touched touched) {
    Set<PolicyKey> users = bySelector.get(selector);
    if (users != null && users.remove(policy) && users.isEmpty()) {
      bySelector.remove(selector);
      index.removeSelector(selector, touched);
    }
  }

  private Changes<PolicyKey, Policy> activeChanges(
      Changes<PolicyKey, Policy> policies, Set<String> rematched) {
    var changes = new Changes<PolicyKey, Policy>();
    policies.keys().forEach(policy -> refresh(policy, changes));
    for (String selector : rematched) {
      policiesWith(selector).forEach(policy -> refresh(policy, changes));
    }
    return changes;
  }

  private void refresh(PolicyKey key, Changes<PolicyKey, Policy> changes) {
    Policy policy = resources.policies().get(key);
    if (policy != null && index.hasMatch(policy.selector())) {
      changes.record(key, active.put(key, policy), policy);
    } else {
      changes.record(key, active.remove(key), null);
    }
  }
}
