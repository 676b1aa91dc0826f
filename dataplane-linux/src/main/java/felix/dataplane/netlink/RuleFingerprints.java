package felix.dataplane.netlink;

import felix.model.IpVersion;
import java.util.OptionalLong;

/**
 * Tells by one number what the kernel holds of rules, without a program and in a fraction of its
 * time: where the number is what it was, no rule has changed. It says nothing about packets and
 * bytes counted. Any thread.
 *
 * <p>Empty where the kernel tells no such number; then only a read tells.
 */
public interface RuleFingerprints {
  /** Of a kernel that tells none. */
  RuleFingerprints NONE =
      new RuleFingerprints() {
        @Override
        public OptionalLong nfTables() {
          return OptionalLong.empty();
        }

        @Override
        public OptionalLong ipTables(IpVersion version, String table) {
          return OptionalLong.empty();
        }
      };

  /** Of all that nf_tables holds, whose tables and of what family ever. Never the same again. */
  OptionalLong nfTables();

  /** Of a table of ip_tables or ip6_tables. The same again once the table holds the same again. */
  OptionalLong ipTables(IpVersion version, String table);
}
