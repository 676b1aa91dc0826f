package felix.datastore;

import felix.model.Labels;
import felix.model.ProfileLabels;
import felix.model.Rules;
import org.jspecify.annotations.Nullable;

/** Profile: rules, and labels for the endpoints that name it. */
final class ProfileDecoder {
  private ProfileDecoder() {}

  static Rules rules(Json profile) {
    return RuleDecoder.rules(profile.get("spec"), "");
  }

  static @Nullable ProfileLabels labels(Json profile) {
    Labels labels = profile.get("spec").get("labelsToApply").labels();
    return labels.isEmpty() ? null : new ProfileLabels(Interned.labels(labels));
  }
}
