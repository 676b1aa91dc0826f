package felix.policysync;

import felix.delta.Change;
import felix.model.Labels;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.policysync.Message.NamespaceRemove;
import felix.policysync.Message.NamespaceUpdate;
import felix.policysync.Message.ServiceAccountRemove;
import felix.policysync.Message.ServiceAccountUpdate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces and service accounts, which are profiles in the datastore: {@code kns.<namespace>} and
 * {@code ksa.<namespace>.<account>}, their labels with a prefix.
 */
final class LabelMessages {
  private static final String NAMESPACE = "kns.";
  private static final String NAMESPACE_LABEL = "pcns.";
  private static final String SERVICE_ACCOUNT = "ksa.";
  private static final String SERVICE_ACCOUNT_LABEL = "pcsa.";

  private LabelMessages() {}

  /** Empty for any other profile. */
  static Optional<Message> of(Change<ProfileLabelsKey, ProfileLabels> change) {
    String profile = change.key().profile();
    if (profile.startsWith(NAMESPACE)) {
      return Optional.of(namespace(profile.substring(NAMESPACE.length()), change.after()));
    }
    int dot = profile.indexOf('.', SERVICE_ACCOUNT.length());
    if (profile.startsWith(SERVICE_ACCOUNT) && dot >= 0) {
      String namespace = profile.substring(SERVICE_ACCOUNT.length(), dot);
      return Optional.of(serviceAccount(namespace, profile.substring(dot + 1), change.after()));
    }
    return Optional.empty();
  }

  private static Message namespace(String name, @Nullable ProfileLabels now) {
    return now == null
        ? new NamespaceRemove(name)
        : new NamespaceUpdate(name, without(NAMESPACE_LABEL, now));
  }

  private static Message serviceAccount(
      String namespace, String name, @Nullable ProfileLabels now) {
    return now == null
        ? new ServiceAccountRemove(namespace, name)
        : new ServiceAccountUpdate(namespace, name, without(SERVICE_ACCOUNT_LABEL, now));
  }

  /** As in Felix, labels without the prefix stay as they are. */
  private static Labels without(String prefix, ProfileLabels labels) {
    Map<String, String> stripped = new TreeMap<>();
    labels
        .labels()
        .forEach(
            (key, value) ->
                stripped.put(key.startsWith(prefix) ? key.substring(prefix.length()) : key, value));
    return Labels.of(stripped);
  }
}
