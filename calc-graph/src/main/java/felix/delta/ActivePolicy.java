package felix.delta;

import felix.model.PolicyStage;

/** A policy that applies to an endpoint of this host. */
public record ActivePolicy(PolicyStage stage, ActiveRules rules) {}
