package felix.dataplane.rules;

import felix.model.PolicyKey;

/**
 * Whose rules a chain holds, in words for the kernel's log.
 *
 * @param kind as today's Felix shortens it
 * @param namespace empty for what has none
 * @param tier empty for a profile
 */
record RuleOwner(String kind, String namespace, String name, String tier) {
  static RuleOwner policy(PolicyKey key, String tier) {
    String kind =
        switch (key.kind()) {
          case NETWORK_POLICY -> "np";
          case GLOBAL_NETWORK_POLICY -> "gnp";
        };
    return new RuleOwner(kind, key.namespace(), key.name(), tier);
  }

  static RuleOwner profile(String name) {
    return new RuleOwner("pro", "", name, "");
  }

  /** With the namespace before the name, if there is one. */
  String id() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
