package felix.delta;

import felix.model.Ip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host endpoint of this host with the policy that applies to it.
 *
 * @param interfaceName {@link felix.model.HostEndpoint#ALL_INTERFACES}, or null: the interface that
 *     has an expected address
 * @param profiles in order; the rules of each are in {@link LocalDelta#profiles}, also of one that
 *     does not exist
 * @param dscp what packets from its expected addresses to the world are marked with, 0 to 63; null:
 *     as they come
 */
public record ActiveHost(
    @Nullable String interfaceName,
    List<Ip> expectedIps,
    Policies policies,
    List<String> profiles,
    @Nullable Integer dscp) {
  public ActiveHost {
    expectedIps = List.copyOf(expectedIps);
    profiles = List.copyOf(profiles);
  }

  /**
   * Its policies by where they decide; in each, tiers in order, only those that have a policy for
   * it. The default action of {@code untracked} and {@code preDnat} ones is always PASS: what they
   * leave undecided is decided elsewhere.
   *
   * @param preDnat without a say in what goes out
   * @param tracked of packets from and to the host itself
   * @param forwarded of packets that it forwards
   */
  public record Policies(
      List<TierPolicies> untracked,
      List<TierPolicies> preDnat,
      List<TierPolicies> forwarded,
      List<TierPolicies> tracked) {
    /** No policy at all. */
    public static final Policies NONE = new Policies(List.of(), List.of(), List.of(), List.of());

    public Policies {
      untracked = List.copyOf(untracked);
      preDnat = List.copyOf(preDnat);
      forwarded = List.copyOf(forwarded);
      tracked = List.copyOf(tracked);
    }
  }
}
