package felix.datastore;

import felix.selector.Selector;

/**
 * Folds the selectors of a policy or a rule into one: for namespaces, for service accounts and for
 * the endpoints themselves. IP set IDs are hashes of the result, so the steps are Felix's, which
 * works on texts.
 */
final class SelectorRewriting {
  static final String NAMESPACE_LABEL = "projectcalico.org/namespace";
  static final String SERVICE_ACCOUNT_LABEL = "projectcalico.org/serviceaccount";

  /** Before the names of a namespace's own labels, where an endpoint inherits them. */
  static final String NAMESPACE_PREFIX = "pcns.";

  /** Likewise for a service account. */
  static final String SERVICE_ACCOUNT_PREFIX = "pcsa.";

  private SelectorRewriting() {}

  /** Which endpoints a NetworkPolicy is for, in canonical form. */
  static String ofNetworkPolicy(Json spec, String namespace) {
    String own = checked(spec.get("selector"));
    String inNamespace = NAMESPACE_LABEL + " == '" + namespace + "'";
    String selector = own.isEmpty() ? inNamespace : "(" + own + ") && " + inNamespace;
    Json accounts = spec.get("serviceAccountSelector");
    return canonical(spec, and(selector, prefixed(accounts, SERVICE_ACCOUNT_PREFIX)));
  }

  /** Which endpoints a GlobalNetworkPolicy is for, in canonical form. */
  static String ofGlobalNetworkPolicy(Json spec) {
    String selector = checked(spec.get("selector"));
    String namespaces = prefixed(spec.get("namespaceSelector"), NAMESPACE_PREFIX);
    if (!namespaces.isEmpty()) {
      selector = anyNamespace(and(selector, namespaces));
    }
    String accounts = prefixed(spec.get("serviceAccountSelector"), SERVICE_ACCOUNT_PREFIX);
    if (!accounts.isEmpty()) {
      selector = and(selector, accounts).replace("all()", "has(" + SERVICE_ACCOUNT_LABEL + ")");
    }
    return canonical(spec, selector);
  }

  /**
   * Whom one side of a rule selects, in canonical form; empty if it has no selector. An address or
   * a port alone is not limited to the namespace.
   *
   * @param namespace of the policy; empty if it has none
   */
  static String ofEntity(Json entity, String namespace) {
    String own = checked(entity.get("selector"));
    String accounts = serviceAccounts(entity.get("serviceAccounts"));
    String selector =
        own.isEmpty() ? accounts : accounts.isEmpty() ? own : "(" + accounts + ") && (" + own + ")";
    String given = prefixed(entity.get("namespaceSelector"), NAMESPACE_PREFIX);
    String namespaces =
        !given.isEmpty()
            ? anyNamespace(given)
            : namespace.isEmpty() ? "" : NAMESPACE_LABEL + " == '" + namespace + "'";
    boolean selects =
        !selector.isEmpty() || !given.isEmpty() || !checked(entity.get("notSelector")).isEmpty();
    if (!namespaces.isEmpty() && selects) {
      selector = selector.isEmpty() ? namespaces : "(" + namespaces + ") && (" + selector + ")";
    }
    return selector.isEmpty() ? "" : canonical(entity, selector);
  }

  /** The text of a selector that is good by itself. */
  static String checked(Json selector) {
    String text = selector.textOr("");
    if (!text.isEmpty()) {
      selector.parsed(Selector::parse);
    }
    return text;
  }

  private static String serviceAccounts(Json accounts) {
    String selector = prefixed(accounts.get("selector"), SERVICE_ACCOUNT_PREFIX);
    var names = accounts.get("names").parsedItems(Names::parse);
    if (names.isEmpty()) {
      return selector;
    }
    String named = new Selector.In(SERVICE_ACCOUNT_LABEL, names).canonical();
    return selector.isEmpty() ? named : "(" + selector + ") && (" + named + ")";
  }

  private static String prefixed(Json selector, String prefix) {
    String text = selector.textOr("");
    return text.isEmpty()
        ? ""
        : selector.parsed(Selector::parse).withLabelPrefix(prefix).canonical();
  }

  /** Where it is about namespaces, "all" leaves out what is in none, and "global" all others. */
  private static String anyNamespace(String selector) {
    return selector
        .replace("all()", "has(" + NAMESPACE_LABEL + ")")
        .replace("global()", "!has(" + NAMESPACE_LABEL + ")");
  }

  private static String and(String selector, String more) {
    return selector.isEmpty() ? more : more.isEmpty() ? selector : "(" + selector + ") && " + more;
  }

  /** The parts are good; together they may be too much. */
  private static String canonical(Json place, String selector) {
    try {
      return Interned.text(Selector.parse(selector).canonical());
    } catch (IllegalArgumentException e) {
      throw place.bad("selectors cannot be combined: " + e.getMessage());
    }
  }
}
