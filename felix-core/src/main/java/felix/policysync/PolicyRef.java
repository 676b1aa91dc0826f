package felix.policysync;

import felix.model.PolicyKey;

/** A policy as clients know it: with its tier. One that changes its tier is another to them. */
record PolicyRef(String tier, PolicyKey key) {}
