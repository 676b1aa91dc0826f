package felix.delta;

import felix.model.PolicyStage;

/**
 * A policy that applies to an endpoint of this host.
 *
 * @param tier the name of its tier, which is no part of a policy's key
 */
public record ActivePolicy(String tier, PolicyStage stage, ActiveRules rules) {}
