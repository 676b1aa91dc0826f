package felix.calc;

import felix.calc.index.RefCounts;
import felix.delta.Changes;
import felix.model.Endpoint;
import felix.model.EndpointKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.ProfileRulesKey;
import felix.model.Rules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Finds the rules that some local endpoint uses, be it by a policy or by a profile. */
final class ActiveRulesCalculator {
  private final Resources resources;
  private final RefCounts<String> profilesNamed = new RefCounts<>();
  private final Map<String, Rules> profileRules = new HashMap<>();

  ActiveRulesCalculator(Resources resources) {
    this.resources = resources;
  }

  RulesInUse apply(
      Changes<PolicyKey, Policy> activePolicies,
      Changes<EndpointKey, Endpoint> local,
      Changes<ProfileRulesKey, Rules> changedProfiles) {
    return new RulesInUse(activePolicies, profiles(local, changedProfiles));
  }

  private Changes<String, Rules> profiles(
      Changes<EndpointKey, Endpoint> local, Changes<ProfileRulesKey, Rules> changedProfiles) {
    var touched = new HashSet<String>();
    for (var change : local) {
      Endpoint after = change.after();
      if (after != null) {
        after.profiles().forEach(profilesNamed::increment);
        touched.addAll(after.profiles());
      }
      Endpoint before = change.before();
      if (before != null) {
        before.profiles().forEach(profilesNamed::decrement);
        touched.addAll(before.profiles());
      }
    }
    changedProfiles.keys().forEach(key -> touched.add(key.profile()));
    var changes = new Changes<String, Rules>();
    touched.forEach(profile -> refresh(profile, changes));
    return changes;
  }

  private void refresh(String profile, Changes<String, Rules> changes) {
    if (profilesNamed.contains(profile)) {
      Rules rules =
          resources.profileRules().getOrDefault(new ProfileRulesKey(profile), Rules.DENY_ALL);
      changes.record(profile, profileRules.put(profile, rules), rules);
    } else {
      changes.record(profile, profileRules.remove(profile), null);
    }
  }
}
