package felix.calc;

import felix.delta.Changes;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.Rules;

/**
 * Changes of the rules that this host needs.
 *
 * @param policies that match a local endpoint
 * @param profiles by name, that a local endpoint names, also of those that do not exist
 */
record RulesInUse(Changes<PolicyKey, Policy> policies, Changes<String, Rules> profiles) {}
