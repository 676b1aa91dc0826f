package felix.bench;

import java.util.HashMap;
import java.util.Map;

/** Labels of the namespaces and pods of many customers: some repeat, some are unique. */
final class Customers {
  static final String NAMESPACE_LABEL = "pcns.kubernetes.io/metadata.name";

  private static final int TENANTS = 5_000;
  private static final String[] ENVIRONMENTS = {"dev", "staging", "prod"};
  private static final String[] TIERS = {"frontend", "backend", "middleware", "data"};
  private static final String[] REGIONS = {"us-east", "us-west", "eu-west", "ap-south"};
  private static final String[] TEAMS = {"platform", "payments", "identity", "growth", "infra"};

  private Customers() {}

  static Map<String, String> profileLabels(int number, String namespace) {
    return Map.of(
        NAMESPACE_LABEL,
        namespace,
        "pcns.namespace-id",
        text(number, 20),
        "pcns.production",
        "" + (number % 2 == 0));
  }

  static Map<String, String> labels(int number) {
    var labels = new HashMap<String, String>();
    labels.put("pod-id", text(number * 5, 20));
    labels.put("instance-id", text(number * 5 + 1, 20));
    labels.put("short-id", text(number * 5 + 2, 10));
    labels.put("config-hash", text(number * 5 + 3, 20));
    labels.put("version-tag", text(number * 5 + 4, 8));
    labels.put("enabled", "" + number % 2);
    labels.put("debug", "" + number / 2 % 2);
    labels.put("canary", "" + number / 4 % 2);
    labels.put("managed", "" + number / 8 % 2);
    labels.put("environment", ENVIRONMENTS[number % ENVIRONMENTS.length]);
    labels.put("tier", TIERS[number % TIERS.length]);
    labels.put("region", REGIONS[number % REGIONS.length]);
    labels.put("team", TEAMS[number % TEAMS.length]);
    labels.put("managed-by", "saas-controller");
    labels.put("tenant-id", text(number % TENANTS, 10));
    return labels;
  }

  /** Letters that look like chance, the same for the same number: a step of Knuth's generator. */
  private static String text(int number, int length) {
    var text = new StringBuilder(length);
    long state = number * 2654435761L + 1;
    for (int i = 0; i < length; i++) {
      text.append("abcdef0123456789".charAt((int) (state >>> 60)));
      state = state * 6364136223846793005L + 1442695040888963407L;
    }
    return text.toString();
  }
}
