package felix.calc;

import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.model.PolicyKey;

/**
 * The rules that this host needs, with IP sets for selectors, and those IP sets.
 *
 * @param ipSets only come and go: another definition has another ID
 */
record ScannedRules(
    Changes<PolicyKey, ActivePolicy> policies,
    Changes<String, ActiveRules> profiles,
    Changes<IpSetId, IpSetDefinition> ipSets) {}
