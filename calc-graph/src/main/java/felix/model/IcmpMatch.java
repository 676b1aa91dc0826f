package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * An ICMP type, 0 to 254, and perhaps a code, 0 to 255.
 *
 * @param code null: any code
 */
public record IcmpMatch(int type, @Nullable Integer code) {}
