package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * A policy: which endpoints it is for, and its rules.
 *
 * @param tier the name of its tier; {@code default} unless it says otherwise
 * @param order policies of a tier apply in ascending order; null: after all that have one
 * @param selector canonical text with the namespace and service account parts folded in
 * @param ingress whether it applies to what comes in; an endpoint that has such a policy drops what
 *     none allows
 * @param egress likewise for what goes out
 * @param stage where it decides, at host endpoints
 * @param onForward whether it decides there of forwarded packets, too; always if not TRACKED
 */
public record Policy(
    String tier,
    @Nullable Double order,
    String selector,
    boolean ingress,
    boolean egress,
    PolicyStage stage,
    boolean onForward,
    Rules rules)
    implements Resource {}
