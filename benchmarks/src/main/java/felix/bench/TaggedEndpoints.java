package felix.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * Endpoints with five labels {@code one-in-N} and one of the marker labels each, spread over a
 * hundred profiles that give one label.
 */
final class TaggedEndpoints {
  private static final int PROFILES = 100;
  private static final int[] SPREADS = {10, 11, 20, 30, 40};

  /** Of these, two stand for the same label as the first two. */
  private static final int MARKERS = 31;

  private static final int DIFFERENT_MARKERS = 29;

  private TaggedEndpoints() {}

  static void add(World world, int endpoints, int local) {
    for (int i = 0; i < PROFILES; i++) {
      world.addProfile(profile(i), Map.of("pcns.projectcalico.org/name", "namespace-" + i));
    }
    for (int i = 0; i < endpoints; i++) {
      world.addEndpoint(
          i < endpoints - local ? World.REMOTE_HOST : World.LOCAL_HOST,
          "namespace-" + i % PROFILES + "/wep-" + i,
          profile(i),
          labels(i));
    }
  }

  static String profile(int number) {
    return "kns.namespace-" + number % PROFILES;
  }

  static Map<String, String> labels(int number) {
    var labels = new HashMap<String, String>();
    for (int spread : SPREADS) {
      labels.put("one-in-" + spread, "value-" + number % spread);
    }
    labels.put(marker(number), "true");
    return labels;
  }

  static String marker(int number) {
    return "calico/marker-" + number % MARKERS % DIFFERENT_MARKERS;
  }
}
