/** Tables of iptables: read back, compared with what is desired, written. */
@NullMarked
package felix.dataplane.iptables;

import org.jspecify.annotations.NullMarked;
