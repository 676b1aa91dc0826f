@NullMarked
package felix.dataplane.iptables;

import org.jspecify.annotations.NullMarked;
